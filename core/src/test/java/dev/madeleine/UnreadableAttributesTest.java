package dev.madeleine;

import static dev.madeleine.Scene.VARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes whose declaration has vanished or changed: dropped alone, the rest is read. */
final class UnreadableAttributesTest {
  /** A bean, which can change in place. */
  public static final class Cart {
    private List<String> items = new ArrayList<>();

    public List<String> getItems() {
      return items;
    }

    public void setItems(List<String> items) {
      this.items = items;
    }
  }

  /** The cart of the next release. */
  public static final class LaterCart {
    private List<String> items = new ArrayList<>();
    private String coupon = "";

    public List<String> getItems() {
      return items;
    }

    public void setItems(List<String> items) {
      this.items = items;
    }

    public String getCoupon() {
      return coupon;
    }

    public void setCoupon(String coupon) {
      this.coupon = coupon;
    }
  }

  record Size(int width) {}

  record Level(Colour colour) {}

  enum Colour {
    RED,
    GREEN
  }

  private static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);
  private static final Attribute<LaterCart> LATER = Attribute.of("cart", LaterCart.class);
  private static final String OWN_CART =
      "{\"cart\":{\"~own\":{\"items\":[\"tea\"]}},\"user\":\"zoé\"}";

  private static Map<String, Object> read(JsonSerializer json, String text, List<String> dropped)
      throws IOException {
    byte[] bytes = Fixtures.utf8(text);
    LocatedAttributes located = json.read(bytes, 0, bytes.length);
    assertThat(Collections.disjoint(located.names(), located.unreadable())).isTrue();
    dropped.addAll(located.unreadable());
    return located.asMap();
  }

  private static void assertReads(Attribute<?> declared, String stored, Object value)
      throws IOException {
    List<String> dropped = new ArrayList<>();
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(declared);
    assertThat(read(json, "{\"x\":" + stored + ",\"rest\":1}", dropped))
        .as(stored)
        .containsEntry("x", value)
        .containsEntry("rest", 1);
    assertThat(dropped).isEmpty();
  }

  private static void assertDrops(Attribute<?> declared, String stored) throws IOException {
    List<String> dropped = new ArrayList<>();
    JsonSerializer json = JsonSerializer.PLAIN.withAttributes(declared);
    String text = "{\"first\":true,\"x\":" + stored + ",\"rest\":1}";
    assertThat(read(json, text, dropped)).as(stored).isEqualTo(Map.of("first", true, "rest", 1));
    assertThat(dropped).containsExactly("x");
    assertThatThrownBy(() -> json.fromBytes(Fixtures.utf8(text))).as(stored).hasNoCause();
    assertThatThrownBy(() -> read(json.withStrictReading(), text, dropped)).as(stored).hasNoCause();
    assertThat(dropped).hasSize(1);
  }

  record Switch(boolean on, String label) {}

  @Test
  void scalarsOfAnotherTypeAreNotBentToFit() throws IOException {
    assertDrops(Attribute.of("x", Size.class), "{\"~own\":{\"width\":\"12\"}}");
    assertDrops(Attribute.of("x", Switch.class), "{\"~own\":{\"on\":\"true\",\"label\":\"a\"}}");
    assertDrops(Attribute.of("x", Switch.class), "{\"~own\":{\"on\":1,\"label\":\"a\"}}");
    assertDrops(Attribute.of("x", Switch.class), "{\"~own\":{\"on\":true,\"label\":7}}");
    assertDrops(Attribute.of("x", Boolean.class), "\"true\"");
    assertDrops(Attribute.of("x", Integer.class), "\"12\"");
  }

  // ---- on the wire ----

  @Test
  void aDeclaredAttributeIsMarkedAndNamesNoClass() {
    Cart cart = new Cart();
    cart.getItems().add("tea");
    assertThat(JsonSerializer.PLAIN.withAttributes(CART).toBytes(Map.of("cart", cart)))
        .asString()
        .isEqualTo("{\"cart\":{\"~own\":{\"items\":[\"tea\"]}}}");
  }

  @Test
  void aUsersMapThatLooksLikeTheMarkIsEscaped() throws IOException {
    Map<String, Object> attributes = Map.of("cart", Map.of("~own", Map.of("items", 1)));
    byte[] bytes = JsonSerializer.PLAIN.toBytes(attributes);
    assertThat(bytes).asString().isEqualTo("{\"cart\":{\"~\":{\"~own\":{\"items\":1}}}}");
    assertThat(JsonSerializer.PLAIN.fromBytes(bytes)).isEqualTo(attributes);
  }

  @Test
  void theMarkStandsAroundAWholeAttributeOnly() {
    for (String stored :
        List.of(
            "[{\"~own\":1}]",
            "{\"a\":{\"~own\":1}}",
            "{\"~set\":[{\"~own\":1}]}",
            "{\"~\":{\"~a\":{\"~own\":1}}}",
            "{\"~own\":1,\"a\":2}",
            "{\"~own\":1,\"~own\":2}",
            "{\"~own\"}",
            "{\"~Owner\":1}")) {
      assertThatThrownBy(() -> read(JsonSerializer.PLAIN, "{\"x\":" + stored + "}", List.of()))
          .as(stored)
          .isInstanceOfAny(IOException.class, RuntimeException.class)
          .isNotInstanceOf(UnsupportedOperationException.class); // From the list: it was dropped.
    }
  }

  // ---- what is dropped ----

  @Test
  void anAttributeWithoutItsDeclarationIsDroppedAlone() throws IOException {
    List<String> dropped = new ArrayList<>();
    assertThat(read(JsonSerializer.PLAIN, OWN_CART, dropped)).isEqualTo(Map.of("user", "zoé"));
    assertThat(dropped).containsExactly("cart");
    assertDrops(CART, "{\"~own\":null}");
    assertDrops(CART, "{\"~own\":{\"~nonsense\":1}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~own\":{\"width\":\"wide\"}}",
        "{\"~own\":{\"width\":1.5}}",
        "{\"~own\":{\"width\":4294967296}}",
        "{\"~own\":[1]}",
        "{\"~own\":\"\"}",
        "{\"width\":1.5}",
        "[]",
        "true",
        "5",
        "{\"~long\":\"5\"}",
        "{\"~set\":[1]}",
        "{\"~\":{\"~a\":1,\"width\":[]}}"
      })
  void aStoredFormThatDoesNotFitTheDeclarationIsDroppedAlone(String stored) throws IOException {
    assertDrops(Attribute.of("x", Size.class), stored);
  }

  @Test
  void aConstantThatIsGoneIsDroppedAndOrdinalsAreNotBelieved() throws IOException {
    assertDrops(Attribute.of("x", Colour.class), "{\"~own\":\"BLUE\"}");
    assertDrops(Attribute.of("x", Colour.class), "{\"~own\":1}");
    assertDrops(Attribute.of("x", Level.class), "{\"~own\":{\"colour\":0}}");
    assertReads(Attribute.of("x", Colour.class), "{\"~own\":\"GREEN\"}", Colour.GREEN);
  }

  @Test
  void aValueOfTheListThatIsNotOfTheDeclaredTypeIsDropped() throws IOException {
    assertDrops(Attribute.of("x", Instant.class), "\"tomorrow\"");
    assertDrops(Attribute.of("x", Instant.class), "[]");
    assertDrops(Attribute.of("x", Integer.class), "1.5");
    assertDrops(Attribute.of("x", Integer.class), "\"\"");
    assertDrops(Attribute.of("x", Boolean.class), "{}");
    assertDrops(Attribute.of("x", Map.class), "[1]");
  }

  @Test
  void aPlainValueUnderANameThatIsDeclaredNowIsReadAsThatTypeIfItFits() throws IOException {
    assertReads(Attribute.of("x", Size.class), "{\"width\":5}", new Size(5));
    assertReads(Attribute.of("x", Colour.class), "\"RED\"", Colour.RED);
    assertReads(Attribute.of("x", Long.class), "5", 5L);
    assertReads(Attribute.of("x", Long.class), "{\"~long\":\"5\"}", 5L);
    assertReads(
        Attribute.of("x", Instant.class),
        "\"2026-01-01T00:00:00Z\"",
        Instant.parse("2026-01-01T00:00:00Z"));
    assertReads(
        Attribute.of("x", new TypeToken<List<Long>>() {}),
        "[1,{\"~long\":\"2\"}]",
        List.of(1L, 2L));
    assertReads(Attribute.of("x", Set.class), "{\"~set\":[1]}", Set.of(1));
    assertReads(Attribute.of("x", Object.class), "[1]", List.of(1));
  }

  @Test
  void aDeclaredValueIsReadUnderAnotherDeclarationIfItFits() throws IOException {
    assertReads(Attribute.of("x", Map.class), "{\"~own\":{\"width\":5}}", Map.of("width", 5));
    assertReads(
        Attribute.of("x", Size.class), "{\"~own\":{\"width\":5,\"later\":[1]}}", new Size(5));
    assertReads(Attribute.of("x", Size.class), "{\"~own\":{}}", new Size(0));
    assertReads(Attribute.of("x", String.class), "{\"~own\":\"RED\"}", "RED");
  }

  @Test
  void brokenPayloadsRejectTheWholeSessionThoughAnAttributeIsDropped() {
    JsonSerializer json = JsonSerializer.PLAIN;
    for (String text :
        List.of(
            "{\"x\":{\"~own\":1},\"x\":2}",
            "{\"x\":2,\"x\":{\"~own\":1}}",
            "{\"x\":{\"~own\":1},\"y\":{\"~Foo\":1}}",
            "{\"x\":{\"~own\":{\"a\":1,\"a\":2}}}",
            "{\"x\":{\"~own\":" + "[".repeat(15) + "]".repeat(15) + "}}",
            "{\"x\":{\"~own\":[" + "1,".repeat(998) + "1]}}",
            "{\"x\":{\"~own\":{\"" + "k".repeat(129) + "\":1}}}",
            "{\"x\":{\"~own\":9223372036854775808}}",
            "{\"x\":{\"~own\":1}",
            "{\"x\":{\"~own\":1}}}",
            "{\"x\":{\"~own\":1},\"y\":}")) {
      List<String> dropped = new ArrayList<>();
      assertThatThrownBy(() -> read(json, text, dropped))
          .as(text.substring(0, Math.min(60, text.length())))
          .isInstanceOfAny(IOException.class, RuntimeException.class);
      assertThat(dropped).as("told only when the rest is read").isEmpty();
    }
  }

  @Test
  void theEncoderTellsWhatWasDroppedAndAStrictOneRejects() {
    SessionSnapshot session = Fixtures.session(Map.of("cart", new Cart()));
    NativeEncoder plain = NativeEncoder.signed(() -> Fixtures.RING, "session");
    String token = plain.withSerializer(JsonSerializer.PLAIN.withAttributes(CART)).encode(session);
    assertThat(plain.decode(token))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> {
              assertThat(accepted.snapshot().unreadable()).containsExactly("cart");
              assertThat(accepted.snapshot().attributes()).isEmpty();
            });
    assertThat(plain.withSerializer(JsonSerializer.PLAIN.withStrictReading()).decode(token))
        .isEqualTo(new Decoded.Rejected(RejectionReason.BAD_PAYLOAD, Fixtures.KEY.id()));
    JsonSerializer strict = JsonSerializer.PLAIN.withStrictReading().withAttributes(CART);
    assertThat(plain.withSerializer(strict).valid(token)).isTrue();
  }

  // ---- a rolling deployment: two releases behind one browser ----

  private static Scene release(Attribute<?>... declared) {
    return Scene.with(builder -> builder.attributes(declared));
  }

  /** A browser with a session of the release that declares the cart. */
  private static Scene newRelease() {
    Cart cart = new Cart();
    cart.getItems().add("tea");
    return release(CART).signedIn("cart", cart, "list", new ArrayList<>(List.of(1)), "user", "zoé");
  }

  private static byte[] payload(Scene scene) {
    byte[] token = Tokens.bytes(String.valueOf(scene.cookie));
    return Arrays.copyOfRange(token, Tokens.HEADER, token.length - Tokens.TAG);
  }

  @Test
  void readingASessionWithADroppedAttributeChangesNothing() {
    Scene old = Scene.create();
    old.cookie = newRelease().cookie;
    Session session = old.request();
    assertThat(session.get("cart")).isNull();
    assertThat(session.names()).containsExactly("list", "user");
    assertThat(session.unreadable()).containsExactly("cart");
    assertThat(session.get("list")).isEqualTo(List.of(1)); // Could change in place.
    session.remove("nothing");
    session.put("user", "zoé");
    assertThat(session.isChanged()).isFalse();
    assertThat(old.respond(session)).containsExactly(VARY);
  }

  @Test
  void aRenewalKeepsTheDroppedAttributeForTheNodeThatKnowsIt() {
    Scene fresh = newRelease();
    Scene old = Scene.create().later(60);
    byte[] before = payload(fresh);
    old.cookie = fresh.cookie;
    Session session = old.request();
    assertThat(session.get("list")).isEqualTo(List.of(1));
    assertThat(old.respond(session)).hasSize(3); // Renewed, for its age.
    assertThat(old.cookie).isNotEqualTo(fresh.cookie);
    assertThat(payload(old)).isEqualTo(before);
    fresh.cookie = old.cookie;
    Cart cart = fresh.later(60).request().get(CART);
    assertThat(cart.getItems()).containsExactly("tea");
  }

  @Test
  void aChangeOfAnotherAttributeCarriesTheUnreadableOneAlong() {
    Scene fresh = newRelease();
    Scene old = Scene.create();
    old.cookie = fresh.cookie;
    Session session = old.request();
    session.put("views", 1);
    old.respond(session);
    assertThat(payload(old))
        .asString()
        .isEqualTo(
            "{\"cart\":{\"~own\":{\"items\":[\"tea\"]}},\"list\":[1],\"user\":\"zoé\",\"views\":1}");
    fresh.cookie = old.cookie;
    assertThat(fresh.request().get(CART).getItems()).containsExactly("tea");
  }

  @Test
  void aMoveToAnotherPlaceOfTheSameFormatCarriesTheUnreadableOneAlong() {
    SessionTransport former =
        SessionTransport.cookie(
            CookieOptions.named("sid"), NativeEncoder.signed(() -> Fixtures.RING, "session"));
    Scene fresh = release(CART);
    Cart cart = new Cart();
    cart.getItems().add("tea");
    SessionSnapshot session = Fixtures.session(Map.of("cart", cart));
    String text =
        NativeEncoder.signed(() -> Fixtures.RING, "session")
            .withName("sid")
            .withSerializer(JsonSerializer.PLAIN.withAttributes(CART))
            .encode(session);
    for (boolean changed : new boolean[] {false, true}) {
      Scene moved = Scene.with(builder -> builder.reading(former.withEnd(Instant.MAX)));
      Session received = moved.request("sid=" + text);
      assertThat(received.get("cart")).isNull();
      if (changed) {
        received.put("views", 1);
      }
      String stored = moved.respond(received).get(1);
      assertThat(moved.events).containsExactly(new SessionEvent.AttributeUnreadable("sid", "cart"));
      fresh.cookie = stored.substring(stored.indexOf('=') + 1, stored.indexOf(';'));
      assertThat(fresh.request().get(CART).getItems()).containsExactly("tea");
    }
  }

  @Test
  void removingADroppedAttributeOrAllOfThemIsAChange() {
    for (boolean all : new boolean[] {false, true}) {
      Scene old = Scene.create();
      old.cookie = newRelease().cookie;
      Session session = old.request();
      if (all) {
        session.clear();
      } else {
        session.remove("cart");
      }
      assertThat(session.unreadable()).isEmpty();
      assertThat(session.isChanged()).isTrue();
      assertThat(session.exchange().hasUnsavedChanges()).isTrue();
      old.respond(session);
      assertThat(session.exchange().hasUnsavedChanges()).isFalse();
      assertThat(old.cookie == null).isEqualTo(all);
      if (!all) {
        assertThat(payload(old)).asString().isEqualTo("{\"list\":[1],\"user\":\"zoé\"}");
      }
    }
  }

  @Test
  void aSessionOfDroppedAttributesAloneIsKept() {
    Scene old = Scene.create();
    old.cookie = release(CART).signedIn("cart", new Cart()).cookie;
    Session session = old.request();
    assertThat(session.isNew()).isFalse();
    assertThat(session.isEmpty()).isTrue();
    assertThat(old.respond(session)).containsExactly(VARY);
    Session later = old.later(60).request();
    later.names();
    old.respond(later);
    assertThat(payload(old)).asString().isEqualTo("{\"cart\":{\"~own\":{\"items\":[]}}}");
    Session cleared = old.request();
    cleared.clear();
    old.respond(cleared);
    assertThat(old.cookie).isNull();
  }

  @Test
  void aFieldOfTheNextReleaseIsIgnoredAndSurvivesReading() {
    LaterCart cart = new LaterCart();
    cart.setItems(new ArrayList<>(List.of("tea")));
    cart.setCoupon("5%");
    Scene next = release(LATER).signedIn("cart", cart);
    Scene old = release(CART);
    old.cookie = next.cookie;
    Session session = old.request();
    assertThat(session.get(CART).getItems()).containsExactly("tea");
    assertThat(session.isChanged()).isFalse();
    assertThat(old.respond(session)).containsExactly(VARY);
    Session renewed = old.later(60).request();
    assertThat(renewed.get(CART).getItems()).containsExactly("tea");
    assertThat(old.respond(renewed)).hasSize(3);
    next.cookie = old.cookie;
    assertThat(next.later(60).request().get(LATER).getCoupon()).isEqualTo("5%");
    Session changed = old.request();
    changed.get(CART).getItems().add("cake");
    assertThat(changed.isChanged()).isTrue();
    old.respond(changed);
    next.cookie = old.cookie;
    assertThat(next.request().get(LATER).getItems()).containsExactly("tea", "cake");
    assertThat(next.request().get(LATER).getCoupon()).isEmpty();
  }

  @Test
  void aPlainValueThatIsDeclaredNowIsNoChangeUntilItIsOne() {
    Scene old = Scene.create().signedIn("cart", Map.of("items", List.of("tea")));
    Scene next = release(CART);
    next.cookie = old.cookie;
    Session session = next.request();
    assertThat(session.get(CART).getItems()).containsExactly("tea");
    assertThat(next.respond(session)).containsExactly(VARY);
    Session changed = next.request();
    changed.get(CART).getItems().add("cake");
    next.respond(changed);
    assertThat(payload(next))
        .asString()
        .isEqualTo("{\"cart\":{\"~own\":{\"items\":[\"tea\",\"cake\"]}}}");
  }
}
