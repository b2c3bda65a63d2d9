package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Revocation.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class RevocationTest {
  @Test
  void noneRevokesNothing() {
    Stamp stamp = new Stamp(Fixtures.ID, NOON, Subject.of("zoé", 1), List.of());
    Revocation.NONE.revokeSession(stamp, NOON);
    assertThat(Revocation.NONE.isRevoked(stamp)).isFalse();
    assertThat(Revocation.NONE).hasToString("none");
  }

  @Test
  void noneSaysThatNothingWouldEndAndWhatToDo() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> Revocation.NONE.revokeSubject("zoé"),
            () -> Revocation.NONE.revokeKey("zoé"),
            Revocation.NONE::revokeAll)) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContainingAll(
              "no session would end", "withRevocationInMemory", "withRevocation(")
          .hasMessageNotContaining("zoé");
    }
  }

  @Test
  void aStampShowsNoSessionId() { // CVE-2023-20866, session ids in logs
    assertThat(new Stamp(Fixtures.ID, NOON, null, List.of()).toString())
        .doesNotContain(Fixtures.ID);
  }

  @Test
  void aStampKeepsItsKeys() {
    List<ApplicationKey> keys = new ArrayList<>(List.of(ApplicationKey.of("sid:1")));
    Stamp stamp = new Stamp(Fixtures.ID, NOON, null, keys);
    keys.clear();
    assertThat(stamp.keys()).containsExactly(ApplicationKey.of("sid:1"));
  }
}
