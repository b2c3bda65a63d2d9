package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DigestTest {
  @Test
  void findsADigestByTheNamesOfOtherConfigurations() {
    assertThat(Digest.named("sha1")).isEqualTo(Digest.SHA1);
    assertThat(Digest.named("SHA384")).isEqualTo(Digest.SHA384);
    assertThat(Digest.named("Sha-512")).isEqualTo(Digest.SHA512);
    assertThatThrownBy(() -> Digest.named("md5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no digest \"md5\" here; there are [SHA1, SHA256, SHA384, SHA512]");
  }

  @Test
  void everyDigestMakesTheHmacOfItsName() throws Exception {
    Map<Digest, String> names =
        Map.of(
            Digest.SHA1, "HmacSHA1",
            Digest.SHA256, "HmacSHA256",
            Digest.SHA384, "HmacSHA384",
            Digest.SHA512, "HmacSHA512");
    for (Digest digest : Digest.values()) {
      Mac mac = Mac.getInstance(names.get(digest));
      for (int length : new int[] {1, 64, 65, 128, 129}) { // The blocks of both sizes, and beyond.
        byte[] key = new byte[length];
        key[length - 1] = 1;
        mac.init(new SecretKeySpec(key, "RAW"));
        assertThat(digest.hmac(key).mac(key)).hasSize(digest.length()).isEqualTo(mac.doFinal(key));
      }
    }
  }
}
