package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static String encode(byte[] bytes) {
    byte[] withZeros = Arrays.copyOf(bytes, bytes.length + 2);
    return Base64Url.encode(withZeros, bytes.length, new byte[(withZeros.length + 2) / 3 * 4]);
  }

  @Test
  void roundTripsEveryLength() {
    Random random = new Random(4648);
    for (int length = 1; length < 500; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = encode(bytes);
      assertThat(text)
          .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
          .doesNotContain("=");
      assertThat(Base64Url.decode(text)).isEqualTo(bytes);
    }
  }

  @Test
  void everyByteComesBack() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    assertThat(Base64Url.decode(encode(all))).isEqualTo(all);
  }

  @Test
  void decodesExactlyTheCanonicalTextsOfUpToThreeCharacters() {
    List<String> letters = List.of(ALPHABET.split(""));
    for (String a : letters) {
      assertThat(Base64Url.decode(a)).isNull();
      for (String b : letters) {
        assertDecodesOnlyIfCanonical(a + b);
        for (String c : List.of("A", "B", "C", "D", "E", "g", "8", "9", "-", "_")) {
          assertDecodesOnlyIfCanonical(a + b + c);
          assertDecodesOnlyIfCanonical(c + a + b);
        }
      }
    }
  }

  private static void assertDecodesOnlyIfCanonical(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    boolean canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    byte[] decoded = Base64Url.decode(text);
    if (canonical) {
      assertThat(decoded).isEqualTo(bytes);
    } else {
      assertThat(decoded).as(text).isNull();
    }
  }

  @Test
  void refusesEveryOtherLastCharacterThatMeansTheSameBytes() { // the JDK takes all of these
    Random random = new Random(4649);
    int aliases = 0;
    for (int length = 1; length < 60; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = encode(bytes);
      String start = text.substring(0, text.length() - 1);
      for (String last : List.of(ALPHABET.split(""))) {
        String other = start + last;
        if (!other.equals(text) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
          aliases++;
          assertThat(Base64Url.decode(other)).as(other).isNull();
        }
      }
    }
    assertThat(aliases).isEqualTo(20 * 15 + 20 * 3); // Lengths 1 and 2 modulo 3.
  }

  @Test
  void refusesImpossibleLengths() {
    for (int length = 1; length < 100; length += 4) {
      assertThat(Base64Url.decode("A".repeat(length))).as("length %s", length).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=",
        "==",
        "====",
        "QQ==",
        "QQ=",
        "QUI=",
        "QUJD=",
        "QUJD====",
        "QQ==QQ==",
        "QUJDQQ=="
      })
  void refusesPaddingAndTheEmptyText(String text) {
    assertThat(Base64Url.decode(text)).isNull();
  }

  @Test
  void refusesEveryCharacterOutsideTheAlphabet() {
    for (char c = 0; c < 0xffff; c++) {
      boolean inside = ALPHABET.indexOf(c) >= 0;
      assertThat(Base64Url.decode(c + "AAA") != null).as("U+%04x first", (int) c).isEqualTo(inside);
      assertThat(Base64Url.decode("AA" + c + "A") != null).as("U+%04x", (int) c).isEqualTo(inside);
      if (!inside) {
        assertThat(Base64Url.decode("AAA" + c)).as("U+%04x last", (int) c).isNull();
        assertThat(Base64Url.decode("A" + c)).as("U+%04x last of two", (int) c).isNull();
        assertThat(Base64Url.decode("AA" + c)).as("U+%04x last of three", (int) c).isNull();
      }
    }
  }

  @Test
  void looksAtEveryCharacterOfALongText() { // eight at a time, and the rest one by one
    List<String> wrong = new ArrayList<>();
    for (int length : new int[] {8, 11, 16, 19}) {
      for (char filler : new char[] {'A', 'z', '_', '-', '9'}) {
        String text = String.valueOf(filler).repeat(length - 1) + "A";
        for (int at = 0; at < length; at++) {
          for (int c = 0; c < 0x300; c++) {
            StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(at, (char) c);
            boolean inside = c < 128 && ALPHABET.indexOf(c) >= 0;
            boolean last = at == length - 1;
            boolean decoded = Base64Url.decode(changed.toString()) != null;
            if ((decoded && !inside) || (!decoded && inside && !last)) {
              wrong.add("U+%04X at %s of %s".formatted(c, at, length));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+UJD",
        "/UJD",
        "QU+D",
        "QUJ/",
        "QUJD QUJD",
        "QUJD\nQUJD",
        "\u0141UJD",
        "\uff31UJD"
      })
  void refusesTheOtherAlphabetSpaceAndLookalikes(String text) {
    assertThat(Base64Url.decode(text)).isNull();
  }
}
