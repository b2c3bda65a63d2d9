package dev.madeleine.encoders;

import static dev.madeleine.encoders.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Attribute;
import dev.madeleine.CookieOptions;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SealedValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealedValueTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(RANDOM));

  private final NativeEncoder encoder = NativeEncoder.encrypted(() -> KEYS, "session", RANDOM);

  @Test
  void encryptsSingleValuesThatAreNoSessions() {
    SealedValue<String> value =
        SealedValue.of(
            Attribute.of("user", String.class),
            encoder,
            CookieOptions.named("__Host-remember"),
            Duration.ofDays(30),
            () -> NOON);
    String line = value.write("4711-0815").get(0).value();
    String pair = line.substring(0, line.indexOf(';'));
    String text = pair.substring(pair.indexOf('=') + 1);

    assertThat(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1))
        .doesNotContain("4711");
    assertThat(value.read(name -> List.of(pair)).value()).isEqualTo("4711-0815");
    assertThat(encoder.withName("__Host-remember").valid(text)).isFalse();
  }
}
