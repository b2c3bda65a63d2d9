package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HmacSha256Test {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 4231 section 4; case 5 publishes half of the MAC. */
  @ParameterizedTest(name = "RFC 4231 case {0}")
  @CsvSource({
    "1, 0b*20, 4869205468657265, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "2, 4a656665*1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "3, aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    "4, 0102030405060708090a0b0c0d0e0f10111213141516171819*1, cd*50,"
        + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    "5, 0c*20, 546573742057697468205472756e636174696f6e, a3b6167473100ee06e0c796c2955552b",
    "6, aa*131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048"
        + "617368204b6579204669727374,"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "7, aa*131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d"
        + "73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20"
        + "546865206b6579206e6565647320746f20626520686173686564206265666f7265206265696e672075736564"
        + "2062792074686520484d414320616c676f726974686d2e,"
        + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  })
  void agreesWithTheStandard(int number, String key, String data, String mac) {
    byte[] message = repeated(data);
    byte[] result = new HmacSha256.Pads(repeated(key)).mac(message, 0, message.length);
    assertThat(HEX.formatHex(result)).hasSize(64).startsWith(mac);
  }

  /** {@code aa*3} is aaaaaa. */
  private static byte[] repeated(String hex) {
    int star = hex.indexOf('*');
    return star < 0
        ? HEX.parseHex(hex)
        : HEX.parseHex(hex.substring(0, star).repeat(Integer.parseInt(hex.substring(star + 1))));
  }

  @Test
  void agreesWithTheJdkOnRandomKeysAndMessages() {
    Random random = new Random(4231);
    for (int i = 0; i < 5000; i++) {
      byte[] key = new byte[1 + random.nextInt(200)];
      byte[] message = new byte[random.nextInt(400)];
      random.nextBytes(key);
      random.nextBytes(message);
      int offset = random.nextInt(message.length + 1);
      int length = random.nextInt(message.length - offset + 1);
      byte[] part = java.util.Arrays.copyOfRange(message, offset, offset + length);
      assertThat(new HmacSha256.Pads(key).mac(message, offset, length))
          .as("key of %s bytes, message of %s", key.length, length)
          .isEqualTo(Tokens.mac(key, part));
    }
  }

  @Test
  void macsOfOneKeyDoNotDependOnEachOther() {
    HmacSha256.Pads pads = new HmacSha256.Pads(Fixtures.secret("pads"));
    byte[] first = pads.mac(Fixtures.utf8("a"), 0, 1);
    byte[] unused = pads.mac(Fixtures.utf8("something else"), 0, 14);
    assertThat(unused).isNotEqualTo(first);
    assertThat(pads.mac(Fixtures.utf8("a"), 0, 1)).isEqualTo(first);
  }

  @Test
  void coversHeaderAndPayload() {
    byte[] token = new byte[33 + 10 + 32];
    new HmacSha256.Pads(Fixtures.secret("pads")).seal(token, 33, token.length);
    assertThat(java.util.Arrays.copyOfRange(token, 43, 75))
        .isEqualTo(Tokens.mac(Fixtures.secret("pads"), new byte[43]));
  }

  @Test
  void signsAndHidesNothing() {
    assertThat(new HmacSha256().encrypts()).isFalse();
    assertThat(new HmacSha256().nonceLength()).isZero();
    assertThat(new HmacSha256().tagLength()).isEqualTo(32);
    assertThat(new HmacSha256().algorithm()).isEqualTo("HMAC-SHA-256");
    assertThat(new HmacSha256()).hasToString("HMAC-SHA-256");
  }

  @Test
  void sha256IsTheJdks() throws Exception {
    byte[] bytes = Fixtures.utf8("madeleine");
    assertThat(HmacSha256.sha256(bytes))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(HmacSha256.sha256()).isNotSameAs(HmacSha256.sha256());
  }
}
