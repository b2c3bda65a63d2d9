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
  private static final int HEADER = 6;

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

  /** The metadata of the first example, behind its prefix. */
  private static String metadata() throws IOException {
    for (String line : Files.readAllLines(Path.of("../docs/formats.md"))) {
      if (line.startsWith("header  ")) {
        return line.substring("header".length()).strip().substring(2 * HEADER);
      }
    }
    throw new AssertionError("no header in docs/formats.md");
  }

  @Test
  void sealsAndUnsealsTheTokenOfTheExample() throws IOException {
    byte[] json = Fixtures.utf8("{\"user\":\"marcel\",\"views\":1}");
    assertThat(HEX.formatHex(payload(0))).isEqualTo(metadata() + HEX.formatHex(json));
  }

  @Test
  void thePaddedTokensHoldThePlaintextsOfTheExamples() throws IOException {
    List<String> plaintexts = values("plaintext");
    assertThat(HEX.formatHex(payload(3))).isEqualTo(plaintexts.get(0)).hasSize(128);
    assertThat(HEX.formatHex(payload(4))).isEqualTo(plaintexts.get(1)).hasSize(256);
    assertThat(plaintexts.get(0)).startsWith("0008").contains("7d80000000");
    assertThat(plaintexts.get(1)).startsWith("021f");
  }

  @Test
  void theEncoderReadsAllOfThem() throws IOException {
    for (int n : new int[] {0, 3, 4}) {
      byte[] token = Base64Url.decode(values("token").get(n));
      Sealer.Keyed sealer =
          new XaesGcm(Fixtures.counting()).keyed(HEX.parseHex(values("subkey").get(0)));
      assertThat(sealer.unseal(token, HEADER, token.length)).isTrue();
      SessionSnapshot session;
      try {
        session =
            new Version2()
                .read(
                    true,
                    token,
                    HEADER + 24,
                    token.length - 16,
                    Payload.plain(dev.madeleine.json.JsonSerializer.PLAIN));
      } catch (java.util.zip.DataFormatException e) {
        throw new AssertionError(e);
      }
      assertThat(session.id()).isEqualTo("00112233445566778899aabbccddeeff");
      assertThat(session.keys()).hasSize(n == 4 ? 2 : 0);
      assertThat(session.shared()).isEqualTo(n == 4);
    }
  }
}
