package dev.madeleine;

import dev.madeleine.testkit.SessionEncoderContract;
import java.util.List;

final class NativeEncoderContractTest extends SessionEncoderContract {
  private static final String SECRET =
      "94b36ab1e0b1d2a0a9d0bb1d7ef0e3fbc0c92dd58ae8c2e6a9f15be5b7e0da67";
  private static final KeyRing KEYS = KeyRing.parse("hex:" + SECRET);

  @Override
  protected SessionEncoder encoder() {
    return NativeEncoder.signed(() -> KEYS, "session").withName("__Host-session");
  }

  @Override
  protected List<String> secrets() {
    return List.of(SECRET, SECRET.substring(0, 12));
  }
}
