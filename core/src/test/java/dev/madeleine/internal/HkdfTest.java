package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] INFO = "info".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PRK = Sha256.of(INFO);

  /** RFC 5869 appendix A, the cases with SHA-256: number, secret, salt, info, length, PRK, OKM. */
  @ParameterizedTest(name = "RFC 5869 case {0}")
  @CsvSource({
    "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9, 42,"
        + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "2, 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b"
        + "2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
        + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b"
        + "8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadb"
        + "dcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, 82,"
        + " 06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
        + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c6"
        + "5e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "3, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '', 42,"
        + " 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  })
  void agreesWithTheStandard(
      int number, String secret, String salt, String info, int length, String prk, String okm) {
    byte[] extracted = Hkdf.extract(HEX.parseHex(salt), HEX.parseHex(secret));
    assertThat(HEX.formatHex(extracted)).isEqualTo(prk);
    assertThat(HEX.formatHex(Hkdf.expand(extracted, HEX.parseHex(info), length))).isEqualTo(okm);
  }

  @Test
  void aShorterKeyIsTheBeginningOfALongerOne() {
    byte[] longest = Hkdf.expand(PRK, INFO, 255 * 32);
    for (int length : new int[] {0, 1, 31, 32, 33, 64, 65, 8159}) {
      assertThat(Hkdf.expand(PRK, INFO, length))
          .isEqualTo(java.util.Arrays.copyOf(longest, length));
    }
  }

  @Test
  void refusesMoreThanTheStandardAllows() {
    assertThatThrownBy(() -> Hkdf.expand(PRK, new byte[0], 255 * 32 + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8161");
  }

  @Test
  void lengthPrefixIsFourBytesBigEndian() {
    assertThat(HEX.formatHex(Hkdf.lengthPrefixed("ab", "", "é")))
        .isEqualTo("00000002" + "6162" + "00000000" + "00000002" + "c3a9");
    assertThat(Hkdf.lengthPrefixed()).isEmpty();
    assertThat(Hkdf.lengthPrefixed("x".repeat(300))).startsWith(0, 0, 1, 44);
  }

  @Test
  void noTwoUsesShareAContext() { // CVE-2026-6873, CVE-2008-1930
    // Pieces that give the same text when they are just put together.
    String[] pieces = {"", "a", "b", "ab", "aa", "ba", "a\0", "\0", "\0\0\0\1a", "session", "sess"};
    Map<String, List<String>> seen = new HashMap<>();
    for (String purpose : pieces) {
      for (String name : pieces) {
        for (String audience : pieces) {
          List<String> use = List.of(purpose, name, audience);
          String context = HEX.formatHex(Hkdf.lengthPrefixed(purpose, name, audience));
          assertThat(seen.put(context, use)).as("another use with the context of %s", use).isNull();
        }
      }
    }
  }

  @Test
  void noTwoRandomUsesShareAContext() {
    Random random = new Random(6873);
    Map<String, List<String>> seen = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      List<String> use = List.of(word(random), word(random), word(random));
      String context = HEX.formatHex(Hkdf.lengthPrefixed(use.toArray(new String[0])));
      List<String> other = seen.put(context, use);
      assertThat(other == null || other.equals(use)).as("%s and %s", use, other).isTrue();
    }
    assertThat(seen).hasSizeGreaterThan(1000);
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(4); length > 0; length--) {
      word.append("ab\0.".charAt(random.nextInt(4)));
    }
    return word.toString();
  }
}
