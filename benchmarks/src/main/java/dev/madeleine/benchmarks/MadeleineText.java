package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.util.Map;
import java.util.Optional;

/** The native format, signed: with id, times and idle timeout in its header. */
final class MadeleineText implements SignedText {
  private final SessionEncoder encoder;

  MadeleineText(byte[] secret) {
    KeyRing keys = KeyRing.signingWith(MasterKey.of(secret));
    encoder = NativeEncoder.signed(() -> keys, "session");
  }

  @Override
  public String encode(SessionSnapshot session) {
    return encoder.encode(session);
  }

  @Override
  public Decoded decode(String text) {
    return encoder.decode(text);
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    return decode(text) instanceof Decoded.Accepted accepted
        ? Optional.of(accepted.snapshot().attributes())
        : Optional.empty();
  }
}
