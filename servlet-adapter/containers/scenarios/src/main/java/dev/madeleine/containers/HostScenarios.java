package dev.madeleine.containers;

import static dev.madeleine.containers.Applications.SECOND;
import static dev.madeleine.containers.SessionCookies.expiring;
import static dev.madeleine.containers.SessionCookies.storing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several applications on one host, and several sessions in one application. */
interface HostScenarios extends Scenarios {
  String SHOP = "__Host-session-shop";
  String BLOG = "__Host-session-blog";
  String FIRST = "__Host-session-two";

  private void count(String path) {
    site()
        .on(
            path,
            (request, response) -> {
              HttpSession session = request.getSession();
              Integer views = (Integer) session.getAttribute("views");
              session.setAttribute("views", views == null ? 1 : views + 1);
              response.getWriter().print(session.getAttribute("views"));
            });
  }

  @Test
  default void keepsApplicationsApartByDefault() throws Exception {
    count("/count");
    count("/shop/count");
    count("/blog/count");
    site().on("/shop/end", (request, response) -> request.getSession().invalidate());

    Answer root = site().get("/count");
    Answer shop = site().get("/shop/count", root.cookie());
    String cookies = root.cookie() + "; " + shop.cookie(SHOP);
    Answer blog = site().get("/blog/count", cookies);
    cookies += "; " + blog.cookie(BLOG);

    root.is(200, "1", storing(Map.of("views", 1)));
    shop.is(200, "1", storing(SHOP, Map.of("views", 1)));
    blog.is(200, "1", storing(BLOG, Map.of("views", 1)));
    site().get("/shop/count", cookies).is(200, "2", storing(SHOP, Map.of("views", 2)));
    site().get("/count", cookies).is(200, "2", storing(Map.of("views", 2)));
    site().get("/shop/end", cookies).is(200, "", expiring(SHOP));
    site().get("/blog/count", cookies).is(200, "2", storing(BLOG, Map.of("views", 2)));
  }

  @Test
  default void acceptsNoCookieOfAnotherApplication() throws Exception {
    count("/count");
    count("/shop/count");
    String root = site().get("/count").cookie();
    String moved = SHOP + root.substring(root.indexOf('='));

    site().get("/shop/count", moved).is(200, "1", storing(SHOP, Map.of("views", 1)));
  }

  /** The session of the first filter, which the second hides. */
  private static HttpSession first(HttpServletRequest request) {
    var inner = ((HttpServletRequestWrapper) request).getRequest();
    return ((HttpServletRequest) inner).getSession();
  }

  @Test
  default void carriesTwoSessionsInOneApplication() throws Exception {
    site()
        .on(
            "/two/set",
            (request, response) -> {
              request.getSession().setAttribute("b", 1);
              first(request).setAttribute("a", 1);
              request.getSession().setAttribute("b", 2);
              response.getWriter().print(BodyScenarios.LARGE);
            });
    site()
        .on(
            "/two/get",
            (request, response) -> {
              response.getWriter().print(first(request).getAttribute("a"));
              response.getWriter().print(request.getSession().getAttribute("b"));
            });
    site().on("/two/end", (request, response) -> first(request).invalidate());

    Answer set = site().get("/two/set");
    String cookies = set.cookie(FIRST) + "; " + set.cookie(SECOND);

    set.is(
        200, BodyScenarios.LARGE, storing(FIRST, Map.of("a", 1)), storing(SECOND, Map.of("b", 2)));
    site().get("/two/get", cookies).is(200, "12");
    site().get("/two/end", cookies).is(200, "", expiring(FIRST));
  }

  @Test
  default void keepsBothSessionsThroughAnErrorPage() throws Exception {
    site()
        .on(
            "/two/page",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              first(request).setAttribute("a", 1);
              throw new IllegalStateException("on purpose");
            });

    site()
        .get("/two/page")
        .is(500, "error page", storing(FIRST, Map.of("a", 1)), storing(SECOND, Map.of("b", 2)));
  }

  @Test
  default void keepsBothSessionsThroughReset() throws Exception {
    site()
        .on(
            "/two/page",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              first(request).setAttribute("a", 1);
              response.reset();
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site()
        .get("/two/page")
        .is(
            200,
            BodyScenarios.LARGE,
            storing(FIRST, Map.of("a", 1)),
            storing(SECOND, Map.of("b", 2)));
  }
}
