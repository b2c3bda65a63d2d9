package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecodedTest {
  @Test
  void aRejectionMayKnowNoKey() {
    assertThat(new Rejected(RejectionReason.MALFORMED))
        .isEqualTo(new Rejected(RejectionReason.MALFORMED, null));
    assertThat(new Rejected(RejectionReason.MALFORMED, "01234567").keyId()).isEqualTo("01234567");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> new Rejected(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new Accepted(null, false)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new SessionEvent.Rejected("sid", null, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void showsNoValue() {
    assertThat(new Accepted(SessionSnapshot.of(Map.of("a", "hunter2")), true).toString())
        .doesNotContain("hunter2");
  }
}
