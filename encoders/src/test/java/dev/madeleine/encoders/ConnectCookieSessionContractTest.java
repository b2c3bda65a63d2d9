package dev.madeleine.encoders;

import dev.madeleine.SessionEncoder;
import dev.madeleine.testkit.SessionEncoderContract;
import java.util.List;

final class ConnectCookieSessionContractTest extends SessionEncoderContract {
  @Override
  protected SessionEncoder encoder() {
    return ConnectCookieSession.encoder(ForeignSecrets.signingWithWeak("correct horse"));
  }

  @Override
  protected List<String> secrets() {
    return List.of("correct", "horse");
  }
}
