package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SessionSnapshotTest {
  @Test
  void ofAMapIsEnough() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("z", 1);
    attributes.put("a", null);
    SessionSnapshot picture = SessionSnapshot.of(attributes);
    attributes.put("late", 1);
    assertThat(picture.attributes()).containsExactly(Map.entry("z", 1), entry("a"));
    assertThat(picture.id()).isNull();
    assertThat(picture.created()).isNull();
    assertThat(picture.refreshed()).isNull();
    assertThat(picture.maxIdle()).isNull();
    assertThat(picture.subject()).isNull();
    assertThat(picture.remembered()).isFalse();
  }

  private static Map.Entry<String, Object> entry(String name) {
    return new java.util.AbstractMap.SimpleEntry<>(name, null);
  }

  @Test
  void cannotBeChanged() {
    SessionSnapshot picture = SessionSnapshot.of(Map.of("a", 1));
    assertThatThrownBy(() -> picture.attributes().put("b", 2))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(picture.withId("x")).isNotSameAs(picture);
    assertThat(picture.id()).isNull();
  }

  @Test
  void eachPartKeepsTheOthers() {
    SessionSnapshot all =
        SessionSnapshot.of(Map.of("a", 1))
            .withId(Fixtures.ID)
            .withTimes(NOON, NOON.plusSeconds(5))
            .withMaxIdle(Duration.ofMinutes(1))
            .withSubject(Subject.of("zoé", 1))
            .withRemembered(true);
    List<SessionSnapshot> same =
        List.of(
            all.withId(Fixtures.ID),
            all.withTimes(NOON, NOON.plusSeconds(5)),
            all.withMaxIdle(Duration.ofMinutes(1)),
            all.withSubject(Subject.of("zoé", 1)),
            all.withRemembered(true),
            all.withAttributes(
                LocatedAttributes.of(new LinkedHashMap<>(Map.of("a", 1))), null, null));
    for (SessionSnapshot one : same) {
      assertThat(one).usingRecursiveComparison().isEqualTo(all);
    }
    assertThat(all.withSubject(null).subject()).isNull();
    assertThat(all.attributes()).isEqualTo(Map.of("a", 1));
    assertThat(all.created()).isEqualTo(NOON);
    assertThat(all.refreshed()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void refusesNothingAsAPart() {
    SessionSnapshot picture = SessionSnapshot.of(Map.of());
    assertThatThrownBy(() -> picture.withId(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> picture.withTimes(null, NOON))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> picture.withTimes(NOON, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> picture.withMaxIdle(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void showsNoValueNoNameAndNoId() {
    assertThat(
            Fixtures.session(Map.of("card", "hunter2"))
                .withSubject(Subject.of("zoé", 0))
                .toString())
        .contains("1 attributes", "2025-06-01T12:00:00Z")
        .doesNotContain("hunter2", "card", Fixtures.ID, Subject.of("zoé", 0).hash());
  }

  @Test
  void knowsTheIdsOfTheNativeFormat() {
    assertThat(SessionId.of(Fixtures.ID).bytes()).hasSize(16);
    for (String odd :
        List.of(
            "",
            "0",
            Fixtures.ID + "0",
            Fixtures.ID.toUpperCase(java.util.Locale.ROOT),
            Fixtures.ID.replace('0', ':'),
            Fixtures.ID.replace('0', '`'),
            Fixtures.ID.replace('0', '/'),
            Fixtures.ID.replace('0', '٠'))) {
      assertThat(SessionId.of(odd).bytes()).as(odd).isNull();
    }
  }
}
