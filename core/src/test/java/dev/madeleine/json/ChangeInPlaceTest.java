package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Fixtures;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can change in place is compared, tag by tag, and what cannot is not. */
@SuppressWarnings("JavaUtilDate") // It is in the list.
final class ChangeInPlaceTest {
  /** How to change a value of each type that can be. A type that is missing here cannot. */
  private static final Map<Class<?>, Consumer<Object>> CHANGES =
      Map.of(
          Date.class, date -> ((Date) date).setTime(((Date) date).getTime() ^ 1),
          byte[].class, bytes -> ((byte[]) bytes)[0] ^= 1);

  private static final Sessions SESSIONS =
      Sessions.builder(KeyRing.signingWith(MasterKey.of(Fixtures.secret("in place"))))
          .listener(event -> {})
          .build();

  static Stream<TypeTag<?>> all() {
    return TypeTag.ALL.stream();
  }

  private static Session receive(Object value) {
    Session first = SESSIONS.load(name -> List.of());
    first.put("value", value);
    String setCookie =
        SESSIONS.save(first).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(HttpHeader::value)
            .findFirst()
            .orElseThrow();
    String cookie = setCookie.substring(0, setCookie.indexOf(';'));
    return SESSIONS.load(name -> name.equals("Cookie") ? List.of(cookie) : List.of());
  }

  private static Object example(TypeTag<?> tag) {
    List<Object> edges = Objects.requireNonNull(TypeTagTest.edges().get(tag.tag()));
    return edges.stream()
        .filter(value -> !(value instanceof byte[] bytes) || bytes.length > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTypesThatCanChangeAreThese() {
    Set<Class<?>> inPlace =
        all()
            .filter(tag -> tag.change() == TypeTag.Change.IN_PLACE)
            .map(TypeTag::type)
            .collect(Collectors.toSet());
    assertThat(inPlace).isEqualTo(CHANGES.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theSessionNoticesAValueThatChangedInPlace(TypeTag<?> tag) {
    Session session = receive(example(tag));
    Object value = Objects.requireNonNull(session.get("value"));
    assertThat(session.isChanged()).isFalse();
    assertThat(JsonSerializer.PLAIN.canChangeInPlace("value", value))
        .isEqualTo(CHANGES.containsKey(tag.type()));
    if (CHANGES.containsKey(tag.type())) {
      CHANGES.get(tag.type()).accept(value);
      assertThat(session.isChanged()).isTrue();
      CHANGES.get(tag.type()).accept(value);
      assertThat(session.isChanged()).as("taken back").isFalse();
    }
  }

  enum Colour {
    RED {
      @Override
      public String toString() {
        return "red";
      }
    }
  }

  @Test
  void theOthersThatCannotChangeAreThePlainOnesAndEnums() {
    for (Object value : new Object[] {"a", 1, true, 0.5, Colour.RED}) {
      assertThat(JsonSerializer.PLAIN.canChangeInPlace("value", value)).as("%s", value).isFalse();
    }
    for (Object value : new Object[] {List.of(), Map.of(), Set.of(), new int[1], this}) {
      assertThat(JsonSerializer.PLAIN.canChangeInPlace("value", value))
          .as("%s", value.getClass())
          .isTrue();
    }
  }

  @Test
  void aSubclassOfATypeThatCannotChangeMay() {
    Object number =
        new java.math.BigInteger("1") {
          private static final long serialVersionUID = 1;
        };
    assertThat(JsonSerializer.PLAIN.canChangeInPlace("value", number)).isTrue();
  }
}
