package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionSnapshot;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** An application without Bouncy Castle: the same classes from a class path without that jar. */
final class MissingJarTest {
  /** What the application does; its answers are text, as its classes are others than ours. */
  public static final class Application implements Supplier<List<String>> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(RANDOM));

    @Override
    public List<String> get() {
      return List.of(
          answer(() -> NativeEncoder.encrypted(() -> KEYS, "session", RANDOM)),
          answer(() -> Encrypted.xChaCha20Poly1305(() -> KEYS, "session", RANDOM)),
          answer(() -> Encrypted.aesGcmSiv(() -> KEYS, "session", RANDOM)));
    }

    private static String answer(Supplier<NativeEncoder> factory) {
      try {
        NativeEncoder encoder = factory.get();
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        String token =
            encoder.encode(
                SessionSnapshot.of(Map.of("user", "zoé"))
                    .withId("00112233445566778899aabbccddeeff")
                    .withTimes(now, now)
                    .withMaxIdle(Duration.ofMinutes(30)));
        return "valid: " + encoder.valid(token);
      } catch (IllegalStateException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void namesTheArtifactAndTheVersionAndWhatToDoAndXaesWorks() throws Exception {
    try (URLClassLoader loader = withoutBouncyCastle()) {
      Class<?> application = loader.loadClass(Application.class.getName());
      assertThat(application).isNotEqualTo(Application.class);
      List<String> answers =
          asTexts(((Supplier<?>) application.getConstructor().newInstance()).get());

      assertThat(answers.get(0)).isEqualTo("valid: true");
      assertThat(answers.get(1)).startsWith("Encrypted.xChaCha20Poly1305 needs ");
      assertThat(answers.get(2)).startsWith("Encrypted.aesGcmSiv needs ");
      assertThat(answers.subList(1, 3))
          .allSatisfy(
              message ->
                  assertThat(message)
                      .contains("org.bouncycastle:bcprov-jdk18on")
                      .contains("tested with " + new BouncyCastleProvider().getVersionStr())
                      .contains("add it as a dependency")
                      .contains("NativeEncoder.encrypted"));
    }
  }

  @Test
  void allThreeWorkWhereItIs() {
    assertThat(new Application().get()).containsOnly("valid: true").hasSize(3);
  }

  private static List<String> asTexts(Object answers) {
    return ((List<?>) answers).stream().map(String::valueOf).toList();
  }

  private static URLClassLoader withoutBouncyCastle() throws MalformedURLException {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("bcprov")) {
        path.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }
}
