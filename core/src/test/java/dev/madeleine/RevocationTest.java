package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.Revocation.Stamp;
import org.junit.jupiter.api.Test;

final class RevocationTest {
  @Test
  void noneRevokesNothing() {
    Stamp stamp = new Stamp(Fixtures.ID, NOON, Subject.of("zoé", 1));
    Revocation.NONE.revokeSession(stamp, NOON);
    assertThat(Revocation.NONE.isRevoked(stamp)).isFalse();
    assertThat(Revocation.NONE).hasToString("none");
  }

  @Test
  void aStampShowsNoSessionId() { // CVE-2023-20866, session ids in logs
    assertThat(new Stamp(Fixtures.ID, NOON, null).toString()).doesNotContain(Fixtures.ID);
  }
}
