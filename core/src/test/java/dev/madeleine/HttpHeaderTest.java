package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HttpHeaderTest {
  @Test
  void showsItsNameOnly() { // the value of Set-Cookie is a credential
    assertThat(new HttpHeader("Set-Cookie", "sid=secret")).hasToString("Set-Cookie: …");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> new HttpHeader(null, "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new HttpHeader("n", null)).isInstanceOf(NullPointerException.class);
  }
}
