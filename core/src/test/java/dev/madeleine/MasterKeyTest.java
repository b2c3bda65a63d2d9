package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyTest {
  private static final byte[] SECRET = Fixtures.secret("master");

  private static String base64(byte[] secret) {
    return "base64:" + Base64.getEncoder().encodeToString(secret);
  }

  private static String hex(byte[] secret) {
    return "hex:" + HexFormat.of().formatHex(secret);
  }

  /** Asserts that this text is refused with the one-liner, and that nothing of it is repeated. */
  private static void assertRefused(String text, String because) {
    Throwable thrown = catchThrowable(() -> MasterKey.parse(text));
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertThat(thrown).hasMessageContaining(because).hasMessageEndingWith(MasterKey.ONE_LINER);
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    String secret = text.replaceFirst("^.*?(base64|hex) ?: ?", "");
    for (int i = 0; i + 8 <= secret.length(); i++) {
      assertThat(trace.toString()).doesNotContain(secret.substring(i, i + 8));
    }
  }

  @Test
  void readsBase64InBothAlphabetsPaddedOrNot() {
    byte[] secret = Fixtures.secret("master 4"); // Its text has both characters that differ.
    String standard = Base64.getEncoder().encodeToString(secret);
    String url = Base64.getUrlEncoder().encodeToString(secret);
    assertThat(standard).contains("+").contains("/").endsWith("=");
    MasterKey key = MasterKey.of(secret);
    assertThat(MasterKey.parse("base64:" + standard)).isEqualTo(key);
    assertThat(MasterKey.parse("base64:" + standard.replace("=", ""))).isEqualTo(key);
    assertThat(MasterKey.parse("base64:" + url)).isEqualTo(key);
    assertThat(MasterKey.parse("base64:" + url.replace("=", ""))).isEqualTo(key);
  }

  @Test
  void readsHexInBothCases() {
    MasterKey key = MasterKey.of(SECRET);
    assertThat(MasterKey.parse(hex(SECRET))).isEqualTo(key);
    assertThat(MasterKey.parse("hex:" + HexFormat.of().withUpperCase().formatHex(SECRET)))
        .isEqualTo(key);
  }

  @Test
  void readsWhatAShellLeavesAroundAKey() {
    assertThat(MasterKey.parse("  " + base64(SECRET) + "\n")).isEqualTo(MasterKey.of(SECRET));
  }

  @Test
  void readsLongerSecrets() {
    byte[] secret = Tokens.concat(SECRET, Fixtures.secret("more"));
    assertThat(MasterKey.parse(base64(secret))).isEqualTo(MasterKey.of(secret));
    assertThat(MasterKey.of(secret)).isNotEqualTo(MasterKey.of(SECRET));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\n"})
  void refusesNoKeyAtAll(String text) { // no default key, ever
    assertThatThrownBy(() -> MasterKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no key")
        .hasMessageEndingWith(MasterKey.ONE_LINER);
  }

  @Test
  void refusesTextWithoutAForm() {
    String secret = Base64.getEncoder().encodeToString(SECRET);
    assertRefused(secret, "no form");
    assertRefused("BASE64:" + secret, "no form");
    assertRefused("utf8:a-passphrase-of-more-than-thirty-two-letters", "no form");
    assertRefused(HexFormat.of().formatHex(SECRET), "no form");
  }

  @Test
  void refusesTextThatIsNotOfItsForm() {
    assertRefused("base64:" + "*".repeat(44), "does not decode");
    assertRefused(base64(SECRET) + "?", "does not decode");
    assertRefused(base64(SECRET).replace("=", "") + "\u00e9", "does not decode");
    assertRefused(hex(SECRET) + "0", "does not decode");
    assertRefused(hex(SECRET) + "gg", "does not decode");
    assertRefused("hex:" + base64(SECRET), "does not decode");
  }

  @Test
  void namesWhatHasStrayedIntoAKeyAndTakesItWithout() {
    String key = base64(SECRET);
    assertRefused('"' + key + '"', "begins with a quotation mark");
    assertRefused("'" + hex(SECRET), "begins with a quotation mark");
    assertRefused(key + '"', "ends with a quotation mark");
    assertRefused("\u201c" + key + "\u201d", "begins with a quotation mark");
    assertRefused("\ufeff" + key, "begins with a byte order mark");
    assertRefused(key.substring(0, 30) + "\n" + key.substring(30), "contains a line break");
    assertRefused(key.substring(0, 30) + "\r\n" + key.substring(30), "contains a line break");
    assertRefused(key.replace("base64:", "base64: "), "contains a space");
    assertRefused("base64 :" + key.substring(7), "contains a space");
    assertRefused("key\u00a0" + key, "contains a space (U+00A0)");
    assertRefused(key + "\u200b", "ends with an invisible character");
    assertRefused("base64:${KEY}", "contains a dollar sign");
    assertThat(MasterKey.parse(key)).isEqualTo(MasterKey.of(SECRET));
  }

  @Test
  @DisplayName("refuses secrets of fewer than 32 bytes")
  void refusesShortSecrets() {
    for (int length = 0; length < 32; length++) {
      byte[] secret = Arrays.copyOf(SECRET, length);
      assertThatThrownBy(() -> MasterKey.of(secret))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(length + " bytes")
          .hasMessageContaining("at least 32")
          .hasMessageEndingWith(MasterKey.ONE_LINER);
      if (length > 0) {
        assertRefused(base64(secret), "at least 32");
        assertRefused(hex(secret), "at least 32");
      }
    }
    assertThat(MasterKey.of(Arrays.copyOf(SECRET, 32))).isNotNull();
  }

  @Test
  @DisplayName("refuses 32 equal bytes, whatever the byte")
  void refusesOneByteRepeated() {
    for (int value = 0; value < 256; value++) {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) value);
      assertThatThrownBy(() -> MasterKey.of(secret))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not random")
          .hasMessageEndingWith(MasterKey.ONE_LINER);
    }
  }

  @Test
  void refusesSequences() {
    for (int step : new int[] {1, 2, 3, 7, 101, 255}) {
      byte[] secret = new byte[64];
      for (int i = 0; i < secret.length; i++) {
        secret[i] = (byte) (200 + i * step);
      }
      assertRefused(base64(secret), "sequence");
      assertRefused(hex(secret), "sequence");
    }
  }

  @Test
  void refusesTooFewDifferentBytes() {
    assertRefused(base64(Fixtures.utf8("0123456789abcde".repeat(6))), "15 of them");
    assertRefused(base64(Fixtures.utf8("secret".repeat(20))), "not random");
    assertRefused("hex:" + "deadbeef".repeat(16), "not random");
  }

  @Test
  void refusesABlockThatRepeats() {
    byte[] block = Arrays.copyOf(SECRET, 31);
    for (int length = 62; length < 100; length++) {
      byte[] secret = new byte[length];
      for (int i = 0; i < length; i++) {
        secret[i] = block[i % block.length];
      }
      assertRefused(hex(secret), "repeated");
      secret[length - 1]++;
      assertThat(MasterKey.of(secret)).isNotNull();
    }
  }

  @Test
  void refusesText() { // a passphrase, or a key whose form was applied twice
    assertRefused(base64(Fixtures.utf8("correct horse battery staple, said the rider")), "text");
    assertRefused(base64(Fixtures.utf8(HexFormat.of().formatHex(SECRET))), "text");
    String twice = Base64.getEncoder().encodeToString(SECRET);
    assertRefused(hex(Fixtures.utf8(twice)), "text");
    assertThat(MasterKey.parse("base64:" + twice)).isEqualTo(MasterKey.of(SECRET));
  }

  @Test
  void refusesTextWithSomethingElseAmongIt() {
    String phrase = "correct horse battery staple, said the rider";
    List<byte[]> texts =
        List.of(
            Fixtures.utf8(phrase + "\n"),
            Fixtures.utf8(phrase.replace("rider", "R\u00fccken")),
            phrase.replace("rider", "R\u00fccken").getBytes(StandardCharsets.ISO_8859_1),
            phrase.getBytes(StandardCharsets.UTF_16),
            phrase.getBytes(StandardCharsets.UTF_16LE),
            Fixtures.utf8("\ufeff" + phrase),
            Fixtures.utf8(
                "\u0432\u0435\u0440\u043d\u0430\u044f \u043b\u043e\u0448\u0430\u0434\u044c"
                    + " \u0431\u0430\u0442\u0430\u0440\u0435\u044f \u0441\u043a\u043e\u0431\u0430"),
            Fixtures.utf8(phrase + "\0"));

    for (byte[] text : texts) {
      assertRefused(base64(text), "text");
      assertRefused(hex(text), "text");
    }
  }

  @Test
  void takesWhatIsRandom() {
    Random random = new Random(32);
    for (int i = 0; i < 5000; i++) {
      byte[] secret = new byte[32 + i % 40];
      random.nextBytes(secret);
      assertThat(MasterKey.of(secret)).isNotNull();
    }
  }

  /** Secrets out of the documentation of session and token libraries that would be long enough. */
  static List<Named<byte[]>> published() {
    List<Named<byte[]>> secrets = new ArrayList<>();
    for (String text :
        List.of(
            "a-string-secret-at-least-256-bits-long",
            "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
            "complex_password_at_least_32_characters_long",
            "password-should-be-32-characters",
            "the-password-must-be-at-least-32-characters-long",
            "a secret with minimum length of 32 characters",
            "averylogphrasebiggerthanthirtytwochars",
            "0123456789abcdef0123456789abcdef",
            "12345678901234567890123456789012",
            "abcdefghijklmnopqrstuvwxyz123456",
            // hapi's cookie documentation
            "!wsYhFA*C2U6nz=Bu^%A@^F#SF3&kSR6",
            // Flask's quick start, and the same read as hex
            "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
            "404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970")) {
      secrets.add(Named.of(text, Fixtures.utf8(text)));
      if (text.length() == 64) {
        secrets.add(Named.of(text + " as hex", HexFormat.of().parseHex(text)));
      }
    }
    // RFC 7515 appendix A.1, RFC 7520 section 3.5
    for (String text :
        List.of(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg")) {
      secrets.add(Named.of(text, Base64.getUrlDecoder().decode(text)));
    }
    return secrets;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  @DisplayName("refuses a secret that stands in somebody's documentation, in every form")
  void refusesPublishedSecrets(byte[] secret) {
    assertRefused(base64(secret), "published");
    assertRefused(hex(secret), "published");
    assertThatThrownBy(() -> MasterKey.of(secret)).hasMessageContaining("published");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyboard cat",
        "secret",
        "changeme",
        "your-256-bit-secret",
        "something-very-secret",
        "ThisTokenIsNotSoSecretChangeIt"
      })
  void refusesFamousShortSecretsAsPublishedNotAsShort(String text) {
    assertRefused(base64(Fixtures.utf8(text)), "published");
    assertRefused(hex(Fixtures.utf8(text)), "published");
    assertThatThrownBy(() -> MasterKey.parse(text))
        .hasMessageContaining("published")
        .hasMessageEndingWith(MasterKey.ONE_LINER);
  }

  @Test
  void idIsDerivedFromTheSecret() {
    assertThat(MasterKey.of(SECRET).id())
        .isEqualTo(HexFormat.of().formatHex(Tokens.keyId(SECRET)))
        .matches("[0-9a-f]{8}")
        .isNotEqualTo(Fixtures.KEY.id());
    assertThat(HexFormat.of().toHexDigits(Fixtures.KEY.idBits())).isEqualTo(Fixtures.KEY.id());
  }

  @Test
  void subkeysAreThoseOfTheSpecification() {
    assertThat(MasterKey.of(SECRET).derive("madeleine", "2", "HMAC-SHA-256", "json", "p", "n", "a"))
        .isEqualTo(Tokens.subkey(SECRET, "p", "n", "a"));
  }

  @Test
  @DisplayName("a key with a zero byte more is another key, unlike under plain HMAC")
  void aTrailingZeroByteMakesAnotherKey() {
    byte[] longer = Arrays.copyOf(SECRET, 33);
    assertThat(Tokens.mac(longer, SECRET)).isEqualTo(Tokens.mac(SECRET, SECRET));
    MasterKey other = MasterKey.of(longer);
    assertThat(other).isNotEqualTo(MasterKey.of(SECRET));
    assertThat(other.id()).isNotEqualTo(MasterKey.of(SECRET).id());
    assertThat(other.derive("session")).isNotEqualTo(MasterKey.of(SECRET).derive("session"));
  }

  @Test
  void generatesFromTheGivenRandomness() {
    java.security.SecureRandom fixed =
        new java.security.SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(SECRET, 0, bytes, 0, bytes.length);
          }
        };
    assertThat(MasterKey.generate(fixed)).isEqualTo(MasterKey.of(SECRET));
    java.security.SecureRandom real = new java.security.SecureRandom();
    assertThat(MasterKey.generate(real)).isNotEqualTo(MasterKey.generate(real));
  }

  @Test
  void copiesTheSecretAndLeavesTheCallersAlone() {
    byte[] secret = SECRET.clone();
    MasterKey key = MasterKey.of(secret);
    assertThat(secret).isEqualTo(SECRET);
    Arrays.fill(secret, (byte) 0);
    assertThat(key.derive("x")).isEqualTo(MasterKey.of(SECRET).derive("x"));
  }

  @Test
  void isEqualToTheSameKeyOnly() {
    MasterKey key = MasterKey.of(SECRET);
    assertThat(key).isEqualTo(MasterKey.of(SECRET)).hasSameHashCodeAs(MasterKey.of(SECRET));
    assertThat(key).isNotEqualTo(Fixtures.KEY).isNotEqualTo(null).isNotEqualTo(key.id());
  }

  @Test
  void showsOnlyItsId() {
    MasterKey key = MasterKey.of(SECRET);
    assertThat(key).hasToString("MasterKey[" + key.id() + "]");
  }

  @Test
  void theOneLinerMakesAKeyOfTheRightForm() {
    assertThat(MasterKey.ONE_LINER).isEqualTo("echo \"base64:$(openssl rand -base64 32)\"");
  }

  @Test
  void everyUseHasItsOwnKey() {
    MasterKey key = Fixtures.KEY;
    List<byte[]> keys =
        List.of(
            key.derive("session", "a", ""),
            key.derive("session", "", "a"),
            key.derive("sessiona", "", ""),
            key.derive("session", "a"),
            key.derive("session", "b", ""),
            Fixtures.OLD_KEY.derive("session", "a", ""));
    assertThat(keys).doesNotHaveDuplicates().allMatch(subkey -> subkey.length == 32);
    assertThat(key.derive("session", "a", "")).isEqualTo(keys.get(0));
  }
}
