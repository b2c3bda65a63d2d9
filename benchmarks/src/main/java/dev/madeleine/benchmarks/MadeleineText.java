package dev.madeleine.benchmarks;

import dev.madeleine.Decoded;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.util.Map;
import java.util.Optional;

/** One of our encoders: with id, times, idle timeout and key id in its header. */
final class MadeleineText implements SignedText {
  private final SessionEncoder encoder;

  MadeleineText(SessionEncoder encoder) {
    this.encoder = encoder;
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
