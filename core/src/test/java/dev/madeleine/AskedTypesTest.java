package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value is asked for as another type than it was put as, or as a peer wrote it. */
final class AskedTypesTest {
  enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "large with a body";
      }
    }
  }

  /** What a server reads of a payload that somebody else with the key has written. */
  private static Session reading(String json, Attribute<?>... declared) {
    return readingIn(json, declared).request();
  }

  private static Scene readingIn(String json, Attribute<?>... declared) {
    Scene scene = Scene.serializing(JsonSerializer.PLAIN.withAttributes(declared));
    byte[] header = Tokens.header(Fixtures.NOON, Fixtures.NOON, Duration.ofMinutes(30));
    scene.cookie = Tokens.sealed(Scene.NAME, header, Fixtures.utf8(json));
    return scene;
  }

  @Test
  void aNumberIsReturnedAsTheClassOfTheFallbackIfNothingIsLost() {
    Session session = Scene.create().signedIn("n", 1).request();
    assertThat(session.get("n", 0L)).isEqualTo(1L);
    assertThat(session.get("n", 0.0)).isEqualTo(1.0);
    assertThat(session.get("n", BigDecimal.ZERO)).isEqualTo(BigDecimal.ONE);
    assertThat(session.get("n", 0)).isEqualTo(1);
    Session peer = reading("{\"two\":2,\"half\":2.5,\"whole\":2.0}");
    double two = peer.get("two", 0.0);
    assertThat(two).isEqualTo(2.0);
    int whole = peer.get("whole", 0);
    assertThat(whole).isEqualTo(2);
    assertThatThrownBy(() -> peer.get("half", 0))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("\"half\" is a java.lang.Double")
        .hasMessageContaining("asked for as a java.lang.Integer, which would lose something")
        .hasMessageNotContaining("2.5");
  }

  @Test
  void aNumberIsReturnedAsTheClassOfTheAttributeIfNothingIsLost() {
    Attribute<Long> declared = Attribute.of("n", Long.class);
    Attribute<Double> price = Attribute.of("price", Double.class);
    Attribute<Integer> count = Attribute.of("count", Integer.class);
    for (Session session :
        List.of(
            reading("{\"n\":1,\"price\":2,\"count\":3.0}"),
            reading("{\"n\":1,\"price\":2,\"count\":3.0}", declared, price, count))) {
      assertThat(session.get(declared)).isEqualTo(1L);
      assertThat(session.get(price)).isEqualTo(2.0);
      assertThat(session.get(count)).isEqualTo(3);
    }
    assertThatThrownBy(() -> reading("{\"count\":2.5}").get(count))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("declared as java.lang.Integer")
        .hasMessageContaining("holds a java.lang.Double, which would lose something");
  }

  @Test
  void askingForAnotherClassChangesNothing() {
    Scene scene = readingIn("{\"n\":2}");
    Session session = scene.request();
    assertThat(session.get("n", 0.0)).isEqualTo(2.0);
    assertThat(scene.respond(session)).containsExactly(Scene.VARY);
  }

  @Test
  void numbersOfFieldsAreReadAsTheirTypesIfNothingIsLost() {
    record Point(int x, Long y, double z, float w, BigDecimal price) {}
    Attribute<Point> point = Attribute.of("p", Point.class);
    assertThat(
            reading("{\"p\":{\"x\":1.0,\"y\":2,\"z\":3,\"w\":0.1,\"price\":2.50}}", point)
                .get(point))
        .isEqualTo(new Point(1, 2L, 3.0, 0.1f, new BigDecimal("2.5")));
    for (String field : List.of("\"x\":1.5", "\"z\":9007199254740993", "\"w\":0.123456789")) {
      assertThat(reading("{\"p\":{" + field + "}}", point).get(point)).as(field).isNull();
    }
  }

  @Test
  void aValueOfAnotherKindIsNotReplacedByTheFallback() {
    Session session = reading("{\"n\":\"hunter2\",\"list\":{\"a\":1}}");
    assertThatThrownBy(() -> session.get("n", 0))
        .isInstanceOf(ClassCastException.class)
        .hasMessage(
            "attribute \"n\" is a java.lang.String, it was asked for as a java.lang.Integer;"
                + " ask for the type that was put, remove it, or declare it,"
                + " SessionsBuilder.attributes(Attribute.of(\"n\", Integer.class)):"
                + " a declared one that does not fit is unreadable, and the fallback holds");
    assertThatThrownBy(() -> session.get("list", List.of()))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("java.util.LinkedHashMap")
        .hasMessageContaining("java.util.List");
    // What the message says to do:
    assertThat(session.get("n", "")).isEqualTo("hunter2");
    session.remove("n");
    assertThat(session.get("n", 0)).isZero();
    Scene declared = readingIn("{\"n\":\"hunter2\"}", Attribute.of("n", Integer.class));
    assertThat(declared.request().get("n", 0)).isZero();
    assertThat(declared.events)
        .containsExactly(new SessionEvent.AttributeUnreadable(Scene.NAME, "n"));
  }

  @Test
  void aFallbackOfNullIsNull() {
    Session session = Scene.create().signedIn("user", "marcel").request();
    String user = session.get("user", null);
    assertThat(user).isEqualTo("marcel");
    String nobody = session.get("nobody", null);
    assertThat(nobody).isNull();
  }

  @Test
  void nullInTheMapRemovesAsInTheSession() {
    Session session = Scene.create().signedIn("user", "marcel").request();
    assertThat(session.asMap().put("user", null)).isEqualTo("marcel");
    assertThat(session.asMap().put("nobody", null)).isNull();
    assertThat(session.names()).isEmpty();
  }

  @Test
  void theKindOfAFallbackIsNotItsClass() {
    Attribute<Size> size = Attribute.of("size", Size.class);
    Scene scene = Scene.serializing(JsonSerializer.PLAIN.withAttributes(size));
    scene.signedIn("size", Size.LARGE, "zone", ZoneId.of("Europe/Paris"), "list", List.of(1));
    Session session = scene.request();
    assertThat(session.get("size", Size.SMALL)).isEqualTo(Size.LARGE);
    ZoneId zone = session.<ZoneId>get("zone", ZoneOffset.UTC);
    assertThat(zone).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(session.get("list", new ArrayList<>())).isEqualTo(List.of(1));
    assertThat(session.<Map<String, Object>>get("none", new HashMap<>())).isEmpty();
  }

  @Test
  void aFallbackOfAHiddenClassOfTheJdkFitsItsSiblings() {
    Charset stored = StandardCharsets.ISO_8859_1;

    assertThat(Attribute.like("charset", stored, StandardCharsets.UTF_8)).isSameAs(stored);
  }
}
