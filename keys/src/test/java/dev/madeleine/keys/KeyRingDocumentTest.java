package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static dev.madeleine.keys.Fixtures.ONE;
import static dev.madeleine.keys.Fixtures.TWO;
import static dev.madeleine.keys.Fixtures.document;
import static dev.madeleine.keys.Fixtures.entry;
import static dev.madeleine.keys.Fixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRingDocumentTest {
  private static final String FROM = "2026-06-01T00:00:00Z";
  private static final String GOOD = document(entry(ONE, FROM));

  /** Asserts line, field and reason of a refusal, and that nothing secret is in it. */
  private static void assertRefused(String document, String start, String because) {
    Throwable thrown = catchThrowable(() -> KeySchedule.parse(document));
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertThat(thrown).hasMessageStartingWith(start).hasMessageContaining(because);
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    for (String secret : List.of(ONE, TWO)) {
      for (int i = 7; i + 8 <= secret.length(); i++) {
        assertThat(trace.toString()).doesNotContain(secret.substring(i, i + 8));
      }
    }
  }

  static Stream<Arguments> bad() {
    String key = entry(ONE, FROM);
    return Stream.of(
        Arguments.of("{", "line 1", "no JSON"),
        Arguments.of("{}", "line 1", "has no field \"version\""),
        Arguments.of("[]", "line 1", "must be an object"),
        Arguments.of(GOOD.replace("1,", "2,"), "line 2, field version", "must be 1"),
        Arguments.of(GOOD.replace("1,", "\"1\","), "line 2, field version", "must be 1"),
        Arguments.of(GOOD.replace("1,", "1.0,"), "line 2, field version", "no meaning"),
        Arguments.of(
            GOOD.replace("1,", "9".repeat(30) + ","), "line 2, field version", "must be 1"),
        Arguments.of(GOOD.replace("PT12H", "12h"), "line 3, field longestSession", "no duration"),
        Arguments.of(GOOD.replace("PT12H", "PT0S"), "line 4, field keys", "longestSession is PT0S"),
        Arguments.of(GOOD.replace("\"version\"", "\"colour\""), "line 2, field colour", "unknown"),
        Arguments.of(
            GOOD.replace("\"version\": 1", "\"version\": 1, \"version\": 1"),
            "line 2, field version",
            "twice"),
        Arguments.of(document(), "line 4, field keys", "0 keys"),
        Arguments.of(GOOD + "x", "line 8", "no JSON"),
        Arguments.of(GOOD + "{}", "line 8", "has ended"),
        Arguments.of(GOOD.substring(0, GOOD.length() / 2), "line 5", "no JSON"),
        Arguments.of(document(key, "7"), "line 6, field keys[1]", "must be an object"),
        Arguments.of(document(key, key), "line 4, field keys", "two keys have the id"),
        Arguments.of(
            document(key, entry(TWO, FROM)), "line 4, field keys", "signs from the same moment"),
        Arguments.of(
            document(key.replace(id(ONE), "1a2b3c4d")),
            "line 5, field keys[0].id",
            "is 1a2b3c4d, but the secret's id is " + id(ONE)),
        Arguments.of(
            document(key.replace(id(ONE), id(ONE) + "0")),
            "line 5, field keys[0].id",
            "8 lower-case hex digits"),
        Arguments.of(
            document(key.replace(ONE, ONE.substring(7))),
            "line 5, field keys[0].secret",
            "has no form"),
        Arguments.of(
            document(key.replace("base64:", "hex:")),
            "line 5, field keys[0].secret",
            "does not decode"),
        Arguments.of(
            document(key.replace(ONE, "base64:c2VjcmV0")),
            "line 5, field keys[0].secret",
            "published"),
        Arguments.of(
            document(key.replace("\"secret\": \"" + ONE + "\"", "\"secret\": null")),
            "line 5, field keys[0].secret",
            "must be a text"),
        Arguments.of(
            document(key.replace("\"secret\": \"" + ONE + "\", ", "")),
            "line 5, field keys[0]",
            "has no field \"secret\""),
        Arguments.of(
            document(key.replace("\"secret\"", "\"" + ONE + "\"")),
            "line 5, field keys[0].(a name of " + ONE.length() + " characters)",
            "unknown"),
        Arguments.of(
            document(key.replace(FROM, ONE)), "line 5, field keys[0].signsFrom", "is no time"),
        Arguments.of(
            document(key.replace(FROM, "2026-06-01 00:00")),
            "line 5, field keys[0].signsFrom",
            "is no time"),
        Arguments.of(
            document(key.replace(FROM, "2025-06-01T00:00:00Z")),
            "line 5, field keys[0]",
            "not in order"),
        Arguments.of(
            document(key.replace("}", ", \"verifiesUntil\": \"" + FROM + "\"}")),
            "line 5, field keys[0]",
            "not in order"),
        Arguments.of(
            document(key.replace("live", "active")), "line 5, field keys[0].state", "must be"),
        Arguments.of(
            document(key.replace("live", "revoked")), "line 5, field keys[0].secret", "remove it"),
        Arguments.of(
            document(key.replace("\"live\"", "true")), "line 5, field keys[0].state", "a text"),
        Arguments.of("[".repeat(2000), "no JSON", ""));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesWithLineAndFieldAndWithoutTheSecret(String document, String start, String because) {
    assertRefused(document, start, because);
  }

  @Test
  void refusesEveryTruncationAndNamesALine() {
    String whole = document(entry(ONE, FROM), entry(TWO, "2026-06-02T00:00:00Z")).strip();
    for (int length = 0; length < whole.length(); length++) {
      assertRefused(whole.substring(0, length), "line ", "");
    }
    assertThat(KeySchedule.parse(whole).keys()).hasSize(2);
  }

  @Test
  void readsWhatItWrites() {
    SecureRandom random = Fixtures.counting();
    KeySchedule first = KeySchedule.startingWith(LIFE, NOON, random);
    KeySchedule rotated = first.rotate(Duration.ofMinutes(10), NOON.plusSeconds(9), random);
    String document = first.toJson();

    assertThat(KeySchedule.parse(document).toJson()).isEqualTo(document);
    assertThat(KeySchedule.parse(rotated.toJson()).toJson()).isEqualTo(rotated.toJson());
    assertThat(document)
        .startsWith(
            "{\n  \"version\" : 1,\n  \"longestSession\" : \"PT12H\",\n  \"keys\" : [\n    {\n      \"id\" : \"")
        .contains("      \"signsFrom\" : \"2026-07-01T12:00:00Z\",\n      \"state\" : \"live\"\n")
        .endsWith("    }\n  ]\n}\n");
  }

  @Test
  void readsARevokedKeyWithoutItsSecret() {
    String revoked =
        "{\"id\":\"1a2b3c4d\",\"created\":\"2026-01-01T00:00:00Z\",\"signsFrom\":\"2026-01-02T00:00:00Z\",\"state\":\"revoked\"}";
    KeySchedule schedule = KeySchedule.parse(document(entry(ONE, FROM), revoked));

    assertThat(schedule.ring(NOON).revokedIds()).containsExactly("1a2b3c4d");
    assertThat(KeySchedule.parse(schedule.toJson()).ring(NOON)).isEqualTo(schedule.ring(NOON));
  }
}
