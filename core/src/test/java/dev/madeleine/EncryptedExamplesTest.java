package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.internal.Base64Url;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/formats.md under XAES-256-GCM, computed step by step. */
final class EncryptedExamplesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int HEADER = 33;

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
  private static byte[] payload(int n) throws IOException {
    String text = values("token").get(n);
    byte[] token = Base64Url.decode(text);
    byte[] nonce = new byte[24];
    for (int i = 0; i < nonce.length; i++) {
      nonce[i] = (byte) i;
    }
    Sealer.Keyed sealer =
        new XaesGcm(Fixtures.answering(nonce)).keyed(HEX.parseHex(values("subkey").get(0)));
    assertThat(sealer.unseal(token, HEADER, token.length)).isTrue();
    byte[] payload = Arrays.copyOfRange(token, HEADER + nonce.length, token.length - 16);
    sealer.seal(token, HEADER, token.length);
    assertThat(Tokens.text(token)).isEqualTo(text);
    return payload;
  }

  @Test
  void sealsAndUnsealsTheTokenOfTheExample() throws IOException {
    assertThat(payload(0)).isEqualTo(Fixtures.utf8("{\"user\":\"marcel\",\"views\":1}"));
  }

  @Test
  void thePaddedTokensHoldThePayloadsOfTheExamples() throws IOException {
    List<String> payloads = values("payload");
    assertThat(HEX.formatHex(payload(3))).isEqualTo(payloads.get(0)).hasSize(128);
    assertThat(HEX.formatHex(payload(4))).isEqualTo(payloads.get(1)).hasSize(128);
    assertThat(payloads.get(0)).startsWith(HEX.formatHex(payload(0)) + "8000");
    assertThat(Base64Url.decode(values("token").get(3))[1]).isEqualTo((byte) 8);
    assertThat(Base64Url.decode(values("token").get(4))[1]).isEqualTo((byte) (2 | 8));
  }
}
