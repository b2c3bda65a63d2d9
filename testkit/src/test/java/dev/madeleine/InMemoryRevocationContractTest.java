package dev.madeleine;

import dev.madeleine.testkit.RevocationContract;
import java.time.InstantSource;

final class InMemoryRevocationContractTest extends RevocationContract {
  @Override
  protected Revocation revocation(InstantSource clock) {
    return SessionPolicy.defaults().withRevocationInMemory(100).withClock(clock).revocation();
  }
}
