package dev.madeleine.encoders;

import dev.madeleine.Sealer;
import dev.madeleine.testkit.SealerContract;
import java.security.SecureRandom;

final class AesGcmSivContractTest extends SealerContract {
  @Override
  protected Sealer sealer() {
    return BouncyCastleAead.aesGcmSiv(new SecureRandom());
  }
}
