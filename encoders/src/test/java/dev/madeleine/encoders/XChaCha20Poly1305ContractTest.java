package dev.madeleine.encoders;

import dev.madeleine.Sealer;
import dev.madeleine.testkit.SealerContract;
import java.security.SecureRandom;

final class XChaCha20Poly1305ContractTest extends SealerContract {
  @Override
  protected Sealer sealer() {
    return BouncyCastleAead.xChaCha20Poly1305(new SecureRandom());
  }
}
