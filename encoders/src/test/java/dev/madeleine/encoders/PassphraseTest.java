package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.MasterKey;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {
  private static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  private static final String WORDS = "correct horse battery staple";

  /** What an application without Bouncy Castle does. */
  public static final class Application implements Callable<String> {
    @Override
    public String call() {
      try {
        return Passphrase.argon2id("correct horse battery".toCharArray(), new byte[16]).id();
      } catch (IllegalStateException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  /** The expected keys were made by libargon2, the reference implementation. */
  @ParameterizedTest
  @CsvSource({
    "correct horse battery staple, 65536, 3, 4,"
        + " 853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e",
    "'Longtemps, je me suis couch\u00e9 de bonne heure', 19456, 2, 1,"
        + " 7167d9b2e46d9487730c93e96c317b759f18f99281664b8c36b7903c9ed98644"
  })
  void givesTheKeyThatTheReferenceGives(
      String words, int memory, int passes, int lanes, String key) {
    byte[] utf8 = words.getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(Argon2id.derive(utf8, SALT, memory, passes, lanes)))
        .isEqualTo(key);
    assertThat(Passphrase.argon2id(words.toCharArray(), SALT, memory, passes, lanes))
        .isEqualTo(MasterKey.parse("hex:" + key));
  }

  @Test
  void usesTheSettingsOfTheStandardIfNoneAreGiven() {
    assertThat(Passphrase.argon2id(WORDS.toCharArray(), SALT))
        .isEqualTo(Passphrase.argon2id(WORDS.toCharArray(), SALT, 65_536, 3, 4));
  }

  @Test
  void leavesThePassphraseToTheCaller() {
    char[] words = WORDS.toCharArray();
    Passphrase.argon2id(words, SALT, 19_456, 2, 1);
    assertThat(new String(words)).isEqualTo(WORDS);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 0, 4",
    "19455, 2, 1",
    "9215, 9, 1",
    "12287, 3, 1",
    "47103, 1, 1",
    "65536, 1001, 4",
    "65536, 3, 0",
    "65536, 3, 65",
    "-1, 3, 1"
  })
  void refusesWeakSettings(int memory, int passes, int lanes) {
    assertThatThrownBy(() -> Passphrase.argon2id(WORDS.toCharArray(), SALT, memory, passes, lanes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*\\b(" + memory + " KiB|" + lanes + " lanes).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "correct horse b", "\ud83c\udf70\ud83c\udf70\ud83c\udf70"})
  void refusesAShortPassphraseAndDoesNotRepeatIt(String words) {
    assertThatThrownBy(() -> Passphrase.argon2id(words.toCharArray(), SALT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words.codePointCount(0, words.length()) + " characters")
        .hasMessageNotContaining("correct");
  }

  @Test
  void refusesHalfACharacterInsteadOfCuttingThePassphrase() {
    char[] cut = (WORDS + "\ud83c and more").toCharArray();
    assertThatThrownBy(() -> Passphrase.argon2id(cut, SALT)).hasMessageContaining("surrogate");
  }

  @Test
  void refusesAPublishedPassphraseAndAShortSalt() {
    char[] published = "a-string-secret-at-least-256-bits-long".toCharArray();
    assertThatThrownBy(() -> Passphrase.argon2id(published, SALT))
        .hasMessageContaining("published");
    assertThatThrownBy(() -> Passphrase.argon2id(WORDS.toCharArray(), new byte[15]))
        .hasMessageContaining("15 bytes");
  }

  @Test
  void namesTheArtifactWhereItIsMissing() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("bcprov")) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    URL[] urls = path.toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Object application =
          loader.loadClass(Application.class.getName()).getConstructor().newInstance();
      assertThat(((Callable<?>) application).call().toString())
          .startsWith(
              "Passphrase.argon2id needs org.bouncycastle:bcprov-jdk18on (tested with 1.86)")
          .contains("add it as a dependency");
    }
    assertThat(new Application().call()).matches("[0-9a-f]{8}");
  }
}
