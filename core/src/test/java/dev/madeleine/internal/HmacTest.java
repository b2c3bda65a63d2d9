package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HmacTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] JEFE = ascii("Jefe");
  private static final byte[] QUESTION = ascii("what do ya want for nothing?");
  private static final byte[] LONG_KEY = new byte[131];
  private static final byte[] LARGER =
      ascii("Test Using Larger Than Block-Size Key - Hash Key First");

  static {
    Arrays.fill(LONG_KEY, (byte) 0xaa);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A digest under HMAC, and bytes that it compresses at a time. */
  private enum Digest {
    SHA1("SHA-1", 64),
    SHA256("SHA-256", 64),
    SHA384("SHA-384", 128),
    SHA512("SHA-512", 128);

    private final String jdkName;
    private final int block;

    Digest(String jdkName, int block) {
      this.jdkName = jdkName;
      this.block = block;
    }

    Hmac hmac(byte[] key) {
      return new Hmac(jdkName, block, key);
    }
  }

  private static String hmac(Digest digest, byte[] key, byte[] message) {
    return HEX.formatHex(digest.hmac(key).mac(message));
  }

  @Test
  void
      givesThePublishedCodes() { // RFC 2202 case 2 for SHA-1, RFC 4231 cases 2 and 6 for the others
    assertThat(hmac(Digest.SHA1, JEFE, QUESTION))
        .isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    assertThat(hmac(Digest.SHA256, JEFE, QUESTION))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(hmac(Digest.SHA384, JEFE, QUESTION))
        .isEqualTo(
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                + "8e2240ca5e69e2c78b3239ecfab21649");
    assertThat(hmac(Digest.SHA512, JEFE, QUESTION))
        .isEqualTo(
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    assertThat(hmac(Digest.SHA256, LONG_KEY, LARGER))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @Test
  void agreesWithTheJdkForKeysOfEveryLength() throws Exception {
    Map<Digest, String> names =
        Map.of(
            Digest.SHA1, "HmacSHA1",
            Digest.SHA256, "HmacSHA256",
            Digest.SHA384, "HmacSHA384",
            Digest.SHA512, "HmacSHA512");
    Random random = new Random(2104);
    for (Digest digest : Digest.values()) {
      Mac mac = Mac.getInstance(names.get(digest));
      assertThat(digest.hmac(JEFE).length()).isEqualTo(mac.getMacLength());
      for (int length = 1; length < 300; length++) {
        byte[] key = new byte[length];
        byte[] message = new byte[random.nextInt(500)];
        random.nextBytes(key);
        random.nextBytes(message);
        mac.init(new SecretKeySpec(key, "RAW"));
        int offset = random.nextInt(message.length + 1);
        int part = random.nextInt(message.length - offset + 1);
        Hmac hmac = digest.hmac(key);
        assertThat(hmac.mac(message)).isEqualTo(mac.doFinal(message));
        mac.update(message, offset, part);
        assertThat(hmac.mac(message, offset, part)).isEqualTo(mac.doFinal());
      }
    }
  }

  @Test
  void takesAnEmptyKey() { // javax.crypto does not; an HMAC pads every key with zeros
    assertThat(hmac(Digest.SHA1, new byte[0], ascii("session=e30=")))
        .isEqualTo(hmac(Digest.SHA1, new byte[1], ascii("session=e30=")));
  }

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
    assertThat(HEX.formatHex(Hmac.sha256(repeated(key)).mac(message))).hasSize(64).startsWith(mac);
  }

  /** {@code aa*3} is aaaaaa. */
  private static byte[] repeated(String hex) {
    int star = hex.indexOf('*');
    return star < 0
        ? HEX.parseHex(hex)
        : HEX.parseHex(hex.substring(0, star).repeat(Integer.parseInt(hex.substring(star + 1))));
  }

  @Test
  void macsOfOneKeyDoNotDependOnEachOther() {
    Hmac hmac = Hmac.sha256(JEFE);
    byte[] first = hmac.mac(QUESTION);
    assertThat(hmac.mac(LARGER)).isNotEqualTo(first);
    assertThat(hmac.mac(QUESTION)).isEqualTo(first);
  }

  @Test
  void writesAMacWhereItIsTold() {
    byte[] bytes = new byte[60];
    Hmac.sha256(JEFE).mac(QUESTION, 0, QUESTION.length, bytes, 28);
    assertThat(Arrays.copyOfRange(bytes, 28, 60)).isEqualTo(Hmac.sha256(JEFE).mac(QUESTION));
  }

  /** A digest that cannot be cloned. */
  public static final class Unclonable extends MessageDigestSpi {
    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[28];
    }

    @Override
    protected void engineReset() {}
  }

  private static final class OtherProvider extends Provider {
    private static final long serialVersionUID = 1;

    OtherProvider() {
      super("Other", "1", "A digest without clone.");
      put("MessageDigest.SHA-224", Unclonable.class.getName());
    }
  }

  @Test
  void aProviderThatCannotCloneGoesBehindOneThatCan() {
    byte[] expected = new Hmac("SHA-224", 64, new byte[32]).mac(new byte[1]);
    Security.insertProviderAt(new OtherProvider(), 1);
    try {
      assertThatThrownBy(() -> new Hmac("SHA-224", 64, new byte[32]).mac(new byte[1]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("put a provider that can (SUN) before it");
      Provider sun = Security.getProvider("SUN");
      Security.removeProvider("SUN");
      Security.insertProviderAt(sun, 1);
      assertThat(new Hmac("SHA-224", 64, new byte[32]).mac(new byte[1])).isEqualTo(expected);
    } finally {
      Security.removeProvider("Other");
    }
  }
}
