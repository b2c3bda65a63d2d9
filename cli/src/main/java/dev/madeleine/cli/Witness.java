package dev.madeleine.cli;

import dev.madeleine.Decoded;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that remembers what another one made of the texts of a request, and may have the times
 * judged otherwise than they are sealed. For one thread.
 */
final class Witness implements SessionEncoder {
  private final SessionEncoder witnessed;
  private final Judging judging;
  private final List<Seen> seen;

  /**
   * How times are judged.
   *
   * @param idle in the place of the sealed idle timeout, or null
   * @param times whether they are judged at all
   */
  record Judging(@Nullable Duration idle, boolean times) {
    private SessionSnapshot of(SessionSnapshot sealed) {
      if (!times) {
        return SessionSnapshot.of(LocatedAttributes.of(sealed.attributes(), sealed.unreadable()));
      }
      return idle == null ? sealed : sealed.withMaxIdle(idle);
    }
  }

  /** A text and what it turned out to be, as sealed. */
  record Seen(String text, Decoded decoded) {}

  /**
   * Makes one.
   *
   * @param seen gets what is decoded, in order
   */
  Witness(SessionEncoder witnessed, Judging judging, List<Seen> seen) {
    this.witnessed = Objects.requireNonNull(witnessed, "witnessed");
    this.judging = judging;
    this.seen = seen;
  }

  @Override
  public Decoded decode(String text) {
    Decoded decoded = witnessed.decode(text);
    seen.add(new Seen(text, decoded));
    if (decoded instanceof Accepted accepted) {
      return new Accepted(
          judging.of(accepted.snapshot()), accepted.byOldKey(), accepted.late(), accepted.keyId());
    }
    return decoded;
  }

  @Override
  public String encode(SessionSnapshot session) {
    return witnessed.encode(session);
  }

  @Override
  public SessionEncoder withName(String name) {
    return new Witness(witnessed.withName(name), judging, seen);
  }

  @Override
  public SessionEncoder withLimit(int length) {
    return new Witness(witnessed.withLimit(length), judging, seen);
  }

  @Override
  public String format() {
    return witnessed.format();
  }

  @Override
  public @Nullable String weakness() {
    return witnessed.weakness();
  }

  @Override
  public Serializer serializer() {
    return witnessed.serializer();
  }
}
