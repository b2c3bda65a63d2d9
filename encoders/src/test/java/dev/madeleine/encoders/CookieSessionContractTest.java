package dev.madeleine.encoders;

import dev.madeleine.SessionEncoder;
import dev.madeleine.testkit.SessionEncoderContract;
import java.util.List;

final class CookieSessionContractTest extends SessionEncoderContract {
  @Override
  protected SessionEncoder encoder() {
    return CookieSession.encoder(
        ForeignSecrets.signingWithWeak("correct horse").alsoAcceptingWeak("battery staple"));
  }

  @Override
  protected List<String> secrets() {
    return List.of("correct", "staple");
  }
}
