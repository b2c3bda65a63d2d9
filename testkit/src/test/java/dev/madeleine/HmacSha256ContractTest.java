package dev.madeleine;

import dev.madeleine.testkit.SealerContract;

final class HmacSha256ContractTest extends SealerContract {
  @Override
  protected Sealer sealer() {
    return new HmacSha256();
  }
}
