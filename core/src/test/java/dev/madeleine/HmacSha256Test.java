package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HmacSha256Test {
  @Test
  void coversHeaderAndPayload() {
    byte[] token = new byte[33 + 10 + 32];
    new HmacSha256.Key(Fixtures.secret("key")).seal(token, 33, token.length);
    assertThat(java.util.Arrays.copyOfRange(token, 43, 75))
        .isEqualTo(Tokens.mac(Fixtures.secret("key"), new byte[43]));
  }

  @Test
  void signsAndHidesNothing() {
    assertThat(new HmacSha256().encrypts()).isFalse();
    assertThat(new HmacSha256().nonceLength()).isZero();
    assertThat(new HmacSha256().tagLength()).isEqualTo(32);
    assertThat(new HmacSha256().algorithm()).isEqualTo("HMAC-SHA-256");
    assertThat(new HmacSha256()).hasToString("HMAC-SHA-256");
  }
}
