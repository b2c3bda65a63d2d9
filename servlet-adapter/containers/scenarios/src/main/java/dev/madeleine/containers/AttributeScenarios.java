package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.SessionEvent;
import dev.madeleine.containers.SessionCookies.Cart;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of an attribute: carried, kept in its request, refused. */
interface AttributeScenarios extends Scenarios {
  @Test
  default void carriesValuesWithTheirTypes() throws Exception {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("string", "madeleine € \u0000 \n \"");
    values.put("integer", 1);
    values.put("long", 1L);
    values.put("decimal", new BigDecimal("1.50"));
    values.put("boolean", true);
    values.put("char", 'c');
    values.put("instant", Instant.EPOCH);
    values.put("uuid", new UUID(1, 2));
    values.put("locale", Locale.CANADA_FRENCH);
    values.put("list", List.of(1, "two", List.of(3L)));
    values.put("map", Map.of("k", "v"));
    values.put("cart", new Cart(List.of("madeleine")));
    site().on("/set", (request, response) -> values.forEach(request.getSession()::setAttribute));
    site()
        .on(
            "/get",
            (request, response) -> {
              HttpSession session = request.getSession(false);
              assertThat(Collections.list(session.getAttributeNames()))
                  .containsExactlyElementsOf(values.keySet());
              values.forEach(
                  (name, value) ->
                      assertThat(session.getAttribute(name))
                          .as(name)
                          .isEqualTo(value)
                          .isSameAs(session.getAttribute(name)));
            });

    Answer set = site().get("/set");

    set.is(200, "", storing(values));
    site().get("/get", set.cookie()).is(200, "");
  }

  @Test
  default void refusesWhatCannotMakeTheRoundTripAndKeepsTheValueBefore() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThatThrownBy(() -> session.setAttribute("a", new Thread()))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("\"a\"")
                  .hasMessageContaining("java.lang.Thread");
              assertThatThrownBy(() -> session.setAttribute("a", new Serializable() {}))
                  .isInstanceOf(IllegalArgumentException.class);
              session.setAttribute("b", 2);
              response.getWriter().print(session.getAttribute("a"));
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, "1", storing(Map.of("a", 1, "b", 2)));
  }

  @Test
  default void refusesWhatMakesTheSessionTooLargeAndKeepsTheValueBefore() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThatThrownBy(() -> session.setAttribute("a", "x".repeat(5000)))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("limit 4,096")
                  .hasMessageContaining("a 5,");
              session.setAttribute("b", 2);
              response.getWriter().print(session.getAttribute("a"));
            });

    site()
        .get("/page", site().cookies().pair(Map.of("a", 1)))
        .is(200, "1", storing(Map.of("a", 1, "b", 2)));
    assertThat(site().events()).hasSize(1).first().isInstanceOf(SessionEvent.SessionTooLarge.class);
  }

  @Test
  default void reportsASessionThatGrewTooLargeInPlaceAndSendsTheResponse() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              @SuppressWarnings("unchecked")
              List<Object> list = (List<Object>) request.getSession().getAttribute("list");
              list.add("x".repeat(5000));
              response.getWriter().print("went on");
              response.flushBuffer();
            });

    site().get("/page", site().cookies().pair(Map.of("list", List.of()))).is(200, "went on");
    assertThat(site().events()).isNotEmpty();
    assertThat(site().events().get(0)).isInstanceOf(SessionEvent.SessionTooLarge.class);
  }

  @Test
  default void refusesByRule() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              assertThatThrownBy(() -> session.setAttribute("refused", 1))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("\"refused\"")
                  .hasMessageContaining("java.lang.Integer");
              assertThatThrownBy(() -> session.setAttribute("a", new Values.Refused()))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("\"a\"")
                  .hasMessageContaining("Values$Refused");
              response.getWriter().print(session.getAttribute("refused"));
            });

    site().get("/page").is(200, "null");
  }

  @Test
  default void keepsInItsRequestByName() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              Object thing = new Object();
              session.setAttribute("a", 1);
              session.setAttribute("framework.thing", thing);
              session.setAttribute("framework.thing", thing);
              assertThat(session.getAttribute("framework.thing")).isSameAs(thing);
              assertThat(Collections.list(session.getAttributeNames()))
                  .containsExactly("a", "framework.thing");
              response.getWriter().print("kept");
            });
    site()
        .on(
            "/next",
            (request, response) ->
                response.getWriter().print(request.getSession().getAttribute("framework.thing")));

    Answer answer = site().get("/page");

    answer.is(200, "kept", storing(Map.of("a", 1)));
    assertThat(site().events())
        .containsExactly(
            new SessionEvent.AttributeNotCarried(
                SessionCookies.NAME, "framework.thing", "java.lang.Object"));
    site().get("/next", answer.cookie()).is(200, "null");
    site().get("/page").is(200, "kept", storing(Map.of("a", 1)));
    assertThat(site().events()).hasSize(1);
  }

  @Test
  default void sendsNothingForWhatOnlyLivesInItsRequest() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              session.setAttribute("request-only", new Object());
              session.setAttribute("one", new Values.RequestOnly("one"));
              session.removeAttribute("request-only");
              response.getWriter().print(session.getAttribute("request-only"));
            });

    site().get("/page").is(200, "null");
  }
}
