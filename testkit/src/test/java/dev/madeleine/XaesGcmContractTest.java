package dev.madeleine;

import dev.madeleine.testkit.SealerContract;
import java.security.SecureRandom;

final class XaesGcmContractTest extends SealerContract {
  @Override
  protected Sealer sealer() {
    return new XaesGcm(new SecureRandom());
  }
}
