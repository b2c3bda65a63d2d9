package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacTest {
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

  private static String hmac(Digest digest, byte[] key, byte[] message) {
    return HexFormat.of().formatHex(new Hmac(digest, key).of(message));
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
      assertThat(mac.getMacLength()).isEqualTo(digest.length());
      for (int length = 1; length < 300; length++) {
        byte[] key = new byte[length];
        byte[] message = new byte[random.nextInt(500)];
        random.nextBytes(key);
        random.nextBytes(message);
        mac.init(new SecretKeySpec(key, "RAW"));
        assertThat(new Hmac(digest, key).of(message)).isEqualTo(mac.doFinal(message));
      }
    }
  }

  @Test
  void takesAnEmptyKey() { // javax.crypto does not; an HMAC pads every key with zeros
    assertThat(hmac(Digest.SHA1, new byte[0], ascii("session=e30=")))
        .isEqualTo(hmac(Digest.SHA1, new byte[1], ascii("session=e30=")));
  }

  @Test
  void findsADigestByTheNamesOfOtherConfigurations() {
    assertThat(Digest.named("sha1")).isEqualTo(Digest.SHA1);
    assertThat(Digest.named("SHA384")).isEqualTo(Digest.SHA384);
    assertThat(Digest.named("Sha-512")).isEqualTo(Digest.SHA512);
    assertThat(Digest.values())
        .allSatisfy(
            digest -> assertThat(digest.start().getDigestLength()).isEqualTo(digest.length()));
    assertThatThrownBy(() -> Digest.named("md5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no digest \"md5\" here; there are [SHA1, SHA256, SHA384, SHA512]");
  }
}
