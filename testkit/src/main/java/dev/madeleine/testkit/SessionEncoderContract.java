package dev.madeleine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTooLargeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link SessionEncoder} has to do, ours or a stranger's; a subclass says which. */
public abstract class SessionEncoderContract {
  private static final String COOKIE_OCTETS =
      "[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+";

  /** The encoder that is tested; the same keys at each call. */
  protected abstract SessionEncoder encoder();

  /** Texts that nothing printed may contain, for example the keys in the forms they are kept in. */
  protected abstract List<String> secrets();

  /** A session with these attributes. */
  protected SessionSnapshot session(Map<String, ?> attributes) {
    Instant noon = Instant.parse("2025-06-01T12:00:00Z");
    return SessionSnapshot.of(attributes)
        .withId("000102030405060708090a0b0c0d0e0f")
        .withTimes(noon, noon.plusSeconds(90))
        .withMaxIdle(Duration.ofMinutes(30));
  }

  /**
   * A value that is hard to write. An encoder that refuses half a character leaves the last out.
   */
  protected String awkwardText() {
    return "\u0000\r\n\t;,\" \\ é 🍪 \ud800";
  }

  private static Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "zoé");
    attributes.put("views", 42);
    attributes.put("admin", false);
    attributes.put("cart", List.of("madeleine", "tea"));
    return attributes;
  }

  private String token() {
    return encoder().encode(session(attributes()));
  }

  private Accepted accepted(String text) {
    Decoded decoded = encoder().decode(text);
    assertThat(decoded).isInstanceOf(Accepted.class);
    return (Accepted) decoded;
  }

  private void assertRejected(String text, String description) {
    assertThat(encoder().decode(text)).as(description).isInstanceOf(Rejected.class);
    assertThat(encoder().valid(text)).as(description).isFalse();
  }

  @Test
  void bringsAllAttributesBackInTheirOrder() {
    Accepted accepted = accepted(token());
    assertThat(accepted.snapshot().attributes()).isEqualTo(attributes());
    assertThat(accepted.snapshot().attributes().keySet())
        .containsExactlyElementsOf(attributes().keySet());
    assertThat(accepted.snapshot().unreadable()).isEmpty();
    assertThat(accepted.byOldKey()).isFalse();
  }

  @Test
  void bringsAnEmptySessionBack() {
    assertThat(accepted(encoder().encode(session(Map.of()))).snapshot().attributes()).isEmpty();
  }

  @Test
  void bringsIdAndTimesBackOrNone() {
    SessionSnapshot sent = session(attributes());
    SessionSnapshot back = accepted(token()).snapshot();
    assertThat(back.id()).isIn(sent.id(), null);
    assertThat(back.created()).isIn(sent.created(), null);
    assertThat(back.refreshed()).isIn(sent.refreshed(), null);
    assertThat(back.maxIdle()).isIn(sent.maxIdle(), null);
  }

  @Test
  void writesCookieOctetsOnly() {
    assertThat(token()).matches(COOKIE_OCTETS);
    Map<String, String> awkward = Map.of("a b;c,d\"e\\f=g", awkwardText());
    assertThat(encoder().encode(session(awkward))).matches(COOKIE_OCTETS);
  }

  @Test
  void aSessionReadAndWrittenAgainReadsTheSame() {
    SessionSnapshot once = accepted(token()).snapshot();
    SessionSnapshot twice = accepted(encoder().encode(once)).snapshot();
    assertThat(twice.attributes()).isEqualTo(once.attributes());
    assertThat(twice.id()).isEqualTo(once.id());
    assertThat(twice.created()).isEqualTo(once.created());
  }

  @Test
  void listsAndMapsComeBackMutable() {
    Object cart = accepted(token()).snapshot().attributes().get("cart");
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) Objects.requireNonNull(cart);
    list.add("coffee");
    assertThat(list).hasSize(3);
  }

  @Test
  void theAttributesOfAPictureCannotBeReplaced() {
    Map<String, Object> read = accepted(token()).snapshot().attributes();
    assertThatThrownBy(() -> read.put("admin", true))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void validMeansThatDecodeSucceeds() {
    assertThat(encoder().valid(token())).isTrue();
    assertRejected("x", "x");
  }

  @Test
  void rejectsEverySingleCharacterChange() {
    String token = token();
    String others =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. %\"\0é\u0141";
    for (int at = 0; at < token.length(); at++) {
      for (int i = 0; i < others.length(); i++) {
        if (token.charAt(at) != others.charAt(i)) {
          String changed = token.substring(0, at) + others.charAt(i) + token.substring(at + 1);
          assertRejected(changed, "character %s, other %s".formatted(at, i));
        }
      }
    }
  }

  @Test
  void rejectsEveryOtherLastCharacterAtEveryLength() { // spare bits of base64
    for (int length = 0; length < 8; length++) {
      String token = encoder().encode(session(Map.of("text", "x".repeat(length))));
      for (char last = 0x21; last < 0x7f; last++) {
        if (token.charAt(token.length() - 1) != last) {
          String changed = token.substring(0, token.length() - 1) + last;
          assertRejected(changed, "last character %s, %s in all".formatted(last, token.length()));
        }
      }
    }
  }

  @Test
  void rejectsEverySingleBitFlipOfACharacter() {
    String token = token();
    for (int at = 0; at < token.length(); at++) {
      for (int bit = 0; bit < 16; bit++) {
        StringBuilder changed = new StringBuilder(token);
        changed.setCharAt(at, (char) (token.charAt(at) ^ 1 << bit));
        assertRejected(changed.toString(), "bit %s of character %s".formatted(bit, at));
      }
    }
  }

  @Test
  void rejectsEveryTruncation() {
    String token = token();
    for (int length = 0; length < token.length(); length++) {
      assertRejected(token.substring(0, length), "first %s characters".formatted(length));
      assertRejected(token.substring(token.length() - length), "last %s".formatted(length));
    }
  }

  @Test
  void rejectsEveryMissingCharacter() {
    String token = token();
    for (int at = 0; at < token.length(); at++) {
      boolean sameAsNext = at + 1 < token.length() && token.charAt(at) == token.charAt(at + 1);
      if (!sameAsNext) {
        assertRejected(token.substring(0, at) + token.substring(at + 1), "without " + at);
      }
    }
  }

  @Test
  void rejectsEveryExtension() {
    String token = token();
    for (String more :
        List.of("A", "AA", "AAA", "AAAA", "=", "==", " ", "\t", "\n", "\0", ".", ";", "é")) {
      assertRejected(token + more, "more behind");
      assertRejected(more + token, "more in front");
      assertRejected(token + more.repeat(50), "much more behind");
      assertRejected(token + more + token, "twice");
    }
    assertRejected(token + token, "twice");
    assertRejected('"' + token + '"', "quoted");
  }

  @Test
  void rejectsHostileTextWithoutAnException() {
    for (String text :
        List.of(
            "",
            " ",
            "=",
            "====",
            ".",
            "..",
            "null",
            "undefined",
            "{}",
            "{\"a\":1}",
            "\0",
            "\r\n",
            "\ud800",
            "\udfff\ud800",
            "🍪",
            "%00",
            "A",
            "AA",
            "AAA",
            "AAAA",
            "____",
            "----",
            "\uffff",
            "A".repeat(4096),
            "A".repeat(4097),
            "_".repeat(100_000),
            "é".repeat(5000))) {
      assertRejected(text, "fixed text");
    }
  }

  @Test
  void rejectsRandomTextWithoutAnException() { // fixed seed
    Random random = new Random(20250601);
    String token = token();
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < 4000; i++) {
      StringBuilder text = new StringBuilder();
      int length = i % 2 == 0 ? token.length() : random.nextInt(300);
      for (int c = 0; c < length; c++) {
        int kind = i % 8 == 7 ? random.nextInt(0x10000) : alphabet.charAt(random.nextInt(64));
        text.append((char) kind);
      }
      // Half of them begin as a good token does.
      int good = i % 4 == 0 ? random.nextInt(token.length()) : 0;
      String hostile = token.substring(0, good) + text.substring(Math.min(good, text.length()));
      if (!hostile.equals(token)) { // Chance makes the last character of it now and then.
        assertRejected(hostile, "random text " + i);
      }
    }
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() {
    assertThatThrownBy(() -> encoder().encode(session(Map.of("diary", "x".repeat(100_000)))))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContaining("diary")
        .hasMessageNotContaining("xxxx");
  }

  @Test
  void refusesAValueThatWouldNotComeBack() {
    assertThatThrownBy(
            () -> encoder().encode(session(Map.of("odd", new AtomicReference<>("hunter2")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("odd")
        .hasMessageContaining("AtomicReference")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void servesSeveralThreadsWithoutCrossTalk() throws Exception {
    SessionEncoder shared = encoder();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        work.add(
            () -> {
              int good = 0;
              for (int i = 0; i < 1000; i++) {
                Map<String, Object> mine =
                    Map.of("thread", number, "text", "x".repeat(i % 50), "i", i);
                Decoded decoded = shared.decode(shared.encode(session(mine)));
                boolean same =
                    decoded instanceof Accepted accepted
                        && accepted.snapshot().attributes().equals(mine);
                good += same ? 1 : 0;
              }
              return good;
            });
      }
      for (Future<Integer> result : threads.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(1000);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void showsNoSecretAndNoValue() {
    String token = token();
    List<Object> shown =
        List.of(
            encoder(),
            encoder().withName("other"),
            encoder().decode(token),
            accepted(token).snapshot(),
            encoder().decode(token.substring(1)),
            encoder().decode(token.substring(0, token.length() - 1)),
            encoder().serializer());
    for (Object object : shown) {
      assertThat(object.toString()).doesNotContain("zoé", "madeleine\"", "[madeleine", "tea");
      secrets().forEach(secret -> assertThat(object.toString()).doesNotContain(secret));
      for (int i = 0; i + 16 <= token.length(); i++) {
        assertThat(object.toString()).doesNotContain(token.substring(i, i + 16));
      }
    }
  }

  @Test
  void hasASerializerThatCarriesWhatItCarries() {
    attributes().forEach((name, value) -> encoder().serializer().check(name, value));
    assertThatThrownBy(() -> encoder().serializer().check("odd", new AtomicReference<>("hunter2")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
