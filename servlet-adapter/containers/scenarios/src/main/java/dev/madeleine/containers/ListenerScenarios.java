package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.containers.Values.Carried;
import dev.madeleine.containers.Values.RequestOnly;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Listeners hear of everything in the order, and with the values, that the specification says. */
interface ListenerScenarios extends Scenarios {
  @Test
  default void hearOfASessionAndItsAttributes() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("a", 1);
              session.setAttribute("a", 2);
              session.removeAttribute("a");
              session.removeAttribute("a");
              session.setAttribute("b", 3);
              request.changeSessionId();
            });

    site().get("/page").is(200, "", storing(Map.of("b", 3)));
    assertThat(site().log().lines())
        .containsExactly(
            "first created",
            "second created",
            "first added a=1",
            "second added a=1",
            "first replaced a=1, now 2",
            "second replaced a=1, now 2",
            "first removed a=2",
            "second removed a=2",
            "first added b=3",
            "second added b=3",
            "first id changed true",
            "second id changed true");
  }

  @Test
  default void hearNothingWhenASessionIsOnlyRead() throws Exception {
    site().on("/page", (request, response) -> request.getSession().getAttribute("a"));

    site().get("/page", site().cookies().pair(Map.of("a", 1))).is(200, "");
    assertThat(site().log().lines()).isEmpty();
  }

  @Test
  default void hearOfAnEndInTheOppositeOrderWhileAttributesCanBeRead() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("one", new RequestOnly("one"));
              site().log().clear();
              request.getSession().invalidate();
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, "", SessionCookies.expiring());
    assertThat(site().log().lines())
        .containsExactly(
            "second destroyed, still there [a, one]",
            "first destroyed, still there [a, one]",
            "one unbound, visible no more",
            "first removed one=one",
            "second removed one=one",
            "first removed a=1",
            "second removed a=1");
  }

  @Test
  default void tellsAValueBeforeItIsVisibleAndAfterItIsGone() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              site().log().clear();
              session.setAttribute("x", new Carried("x1"));
              session.setAttribute("x", new Carried("x2"));
              session.removeAttribute("x");
              session.setAttribute("a", 1);
            });

    site().get("/page").is(200, "", storing(Map.of("a", 1)));
    assertThat(site().log().lines())
        .containsExactly(
            "x1 bound, visible false",
            "first added x=x1",
            "second added x=x1",
            "x2 bound, visible false",
            "x1 unbound, visible false",
            "first replaced x=x1, now x2",
            "second replaced x=x1, now x2",
            "x2 unbound, visible false",
            "first removed x=x2",
            "second removed x=x2",
            "first added a=1",
            "second added a=1");
  }

  @Test
  default void tellsAValueThatTravels() throws Exception {
    site().on("/set", (request, response) -> request.getSession().setAttribute("x", told()));
    site().on("/get", (request, response) -> request.getSession().getAttribute("x"));

    Answer set = site().get("/set");
    assertThat(site().log().lines())
        .contains("x bound, visible false")
        .endsWith("x will passivate");
    site().log().clear();

    site().get("/get", set.cookie()).is(200, "");
    assertThat(site().log().lines()).containsExactly("x did activate", "x will passivate");
  }

  private static Carried told() {
    return new Carried("x");
  }

  @Test
  default void tellsAValueThatTravelsOnceInARequestThatFails() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().getAttribute("x");
              throw new IllegalStateException("on purpose");
            });

    site().get("/page", site().cookies().pair(Map.of("x", told()))).is(500, "error page");
    assertThat(site().log().lines()).containsExactly("x did activate", "x will passivate");
  }

  @Test
  default void tellsAValueOfARequestWhenTheRequestEnds() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("one", new RequestOnly("one"));
              session.setAttribute("one", new RequestOnly("two"));
              session.setAttribute("a", 1);
              site().log().add("end of the handler");
            });

    site().get("/page").is(200, "", storing(Map.of("a", 1)));
    assertThat(site().log().lines())
        .containsExactly(
            "first created",
            "second created",
            "one bound, visible false",
            "first added one=one",
            "second added one=one",
            "two bound, visible false",
            "one unbound, visible false",
            "first replaced one=one, now two",
            "second replaced one=one, now two",
            "first added a=1",
            "second added a=1",
            "end of the handler",
            "two unbound, visible false");
  }

  @Test
  default void tellsAValueOfAnAsyncRequestWhenThatIsComplete() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("one", new RequestOnly("one"));
              session.setAttribute("x", told());
              site().log().clear();
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        Thread.sleep(50); // The filter returns meanwhile.
                        response.getWriter().print(session.getAttribute("one"));
                        site().log().add("end of the thread");
                        async.complete();
                      });
            });

    site().get("/page").is(200, "one", storing(Map.of("x", told())));
    site()
        .eventually(
            () ->
                assertThat(site().log().lines())
                    .containsExactly(
                        "end of the thread", "x will passivate", "one unbound, visible false"));
  }
}
