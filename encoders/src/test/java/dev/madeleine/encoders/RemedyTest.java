package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a message advises is done here to the letter, and helps. */
class RemedyTest {
  private static final char[] WORDS = "six random words are a beginning".toCharArray();
  private static final byte[] SALT = "sixteen or more bytes".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aWeakSettingOfArgonIsReplacedByEitherOfTheNamedOnes() {
    assertThatThrownBy(() -> Passphrase.argon2id(WORDS, SALT, 1024, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use 65536 and 3, at least 19456 and 2");
    assertThat(Passphrase.argon2id(WORDS, SALT, 65_536, 3, 1)).isNotNull();
    assertThat(Passphrase.argon2id(WORDS, SALT, 19_456, 2, 1)).isNotNull();
  }

  @Test
  void aDigestIsTakenByTheNamesInTheMessage() {
    assertThatThrownBy(() -> Digest.named("md5"))
        .hasMessageContaining("SHA1, SHA256, SHA384, SHA512");
    for (String name : new String[] {"SHA1", "SHA256", "SHA384", "SHA512"}) {
      assertThat(Digest.named(name)).isNotNull();
    }
  }
}
