package dev.madeleine.encoders;

import static dev.madeleine.encoders.Fixtures.bytes;
import static dev.madeleine.encoders.Fixtures.text;
import static dev.madeleine.encoders.Fixtures.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The examples of docs/formats.md under Bouncy Castle's ciphers, computed step by step. */
final class FormatsDocumentTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] PAYLOAD = utf8("{\"user\":\"marcel\",\"views\":1}");
  private static final int HEADER = 6;
  private static final int METADATA = 33;

  private static List<String> values(String field) throws IOException {
    String examples =
        Files.readString(Path.of("../docs/formats.md")).split("### Encrypted examples", -1)[1];
    List<String> values = new ArrayList<>();
    for (String line : examples.lines().toList()) {
      if (line.startsWith(field + "  ")) {
        values.add(line.substring(field.length()).strip());
      }
    }
    return values;
  }

  /** Opens the n-th token of the examples, seals what it held again, and returns that. */
  private static byte[] payload(int n, int subkey, Function<SecureRandom, Sealer> cipher)
      throws IOException {
    String token = values("token").get(n);
    byte[] bytes = bytes(token);
    byte[] nonce = new byte[cipher.apply(new SecureRandom()).nonceLength()];
    for (int i = 0; i < nonce.length; i++) {
      nonce[i] = (byte) i;
    }
    Sealer.Keyed sealer =
        cipher.apply(new Aead.Fixed(nonce)).keyed(HEX.parseHex(values("subkey").get(subkey)));
    assertThat(sealer.unseal(bytes, HEADER, bytes.length)).isTrue();
    byte[] payload = Arrays.copyOfRange(bytes, HEADER + nonce.length + METADATA, bytes.length - 16);
    sealer.seal(bytes, HEADER, bytes.length);
    assertThat(text(bytes)).isEqualTo(token);
    return payload;
  }

  @Test
  void sealsAndUnsealsTheTokensOfTheExamples() throws IOException {
    assertThat(payload(1, 1, BouncyCastleAead::xChaCha20Poly1305)).isEqualTo(PAYLOAD);
    assertThat(payload(2, 2, BouncyCastleAead::aesGcmSiv)).isEqualTo(PAYLOAD);
    assertThat(values("token")).hasSize(5);
    assertThat(values("token").subList(0, 3)).allMatch(token -> bytes(token)[1] == 1);
  }

  @Test
  void theSubkeysAreThoseOfTheKeyDerivation() throws IOException {
    List<String> secret = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/formats.md"))) {
      if (line.startsWith("secret  ")) {
        secret.add(line.substring("secret".length()).strip().split(" ", 2)[0]);
      }
    }
    List<String> derived = new ArrayList<>();
    for (String algorithm : List.of("XAES-256-GCM", "XChaCha20-Poly1305", "AES-256-GCM-SIV")) {
      derived.add(
          HEX.formatHex(
              EncryptedTest.subkey(
                  HEX.parseHex(secret.get(0)), algorithm, "session", "__Host-session")));
    }
    assertThat(values("subkey")).isEqualTo(derived);
  }
}
