package dev.madeleine.servlet;

import static dev.madeleine.servlet.TomcatServer.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Attribute;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes behind one cookie: one of them does not know the attribute that the other declared. */
class UnreadableAttributesTest {
  record Cart(List<String> items) {}

  private static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);

  private final KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
  private TomcatServer knowing;
  private TomcatServer ignorant;

  @BeforeEach
  void start() throws Exception {
    knowing = new TomcatServer(sessions().attributes(CART).build());
    knowing.on(
        "/fill",
        (request, response) ->
            request.getSession().setAttribute("cart", new Cart(List.of("tea", "madeleine"))));
    knowing.on(
        "/cart",
        (request, response) ->
            response.getWriter().print(request.getSession().getAttribute("cart")));
    SessionFilterBuilder filter = SessionFilter.builder(sessions().build());
    ignorant = new TomcatServer(filter.type(Thread.class, Verdict.REQUEST_ONLY).build());
  }

  private SessionsBuilder sessions() {
    return Sessions.builder(keys).listener((SessionEvent event) -> {});
  }

  @AfterEach
  void stop() throws Exception {
    knowing.close();
    ignorant.close();
  }

  @Test
  void travelAlongWhenAnotherAttributeChanges() throws Exception {
    ignorant.on("/other", (request, response) -> request.getSession().setAttribute("n", 1));

    assertThat(cartAfter("/other")).isEqualTo("Cart[items=[tea, madeleine]]");
  }

  @Test
  void areTakenOutByRemoveAttribute() throws Exception {
    ignorant.on("/remove", (request, response) -> request.getSession().removeAttribute("cart"));

    assertThat(cartAfter("/remove")).isEqualTo("null");
  }

  @Test
  void giveWayToAValueThatStaysInItsRequest() throws Exception {
    ignorant.on(
        "/request",
        (request, response) -> {
          request.getSession().setAttribute("cart", new Thread("of this request"));
          assertThat(request.getSession().getAttribute("cart")).isInstanceOf(Thread.class);
        });

    assertThat(cartAfter("/request")).isEqualTo("null");
  }

  /** What the knowing node has in its cart, after the ignorant one served a path. */
  private String cartAfter(String path) throws Exception {
    String changed = cookie(ignorant.get(path, cookie(knowing.get("/fill"))));
    return knowing.get("/cart", changed).body();
  }
}
