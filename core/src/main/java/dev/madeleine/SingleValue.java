package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.json.JsonSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One declared value in a token of its own, which {@link SealedValue} and {@link SealedText} have
 * in common: what is sealed besides the value, how long that holds, and what comes back.
 *
 * @param encoder of a purpose that no session has
 * @param policy judges the time of writing; it holds for its absolute timeout
 */
record SingleValue<T>(Attribute<T> attribute, NativeEncoder encoder, SessionPolicy policy) {
  private static final String NO_ID = "0".repeat(32);

  static <T> SingleValue<T> of(
      Attribute<T> attribute, NativeEncoder encoder, Duration lifetime, InstantSource clock) {
    NativeEncoder strict =
        encoder.serializer() instanceof JsonSerializer json
            ? encoder.withSerializer(json.withAttributes(attribute).withStrictReading())
            : encoder;
    SessionPolicy policy =
        SessionPolicy.defaults().withIdle(Duration.ZERO).withAbsolute(lifetime).withClock(clock);
    return new SingleValue<>(attribute, strict, policy);
  }

  /**
   * What is sealed of a value.
   *
   * @throws IllegalArgumentException if the value would not come back equal
   */
  SessionSnapshot snapshot(T value, Instant written) {
    Objects.requireNonNull(value, "value");
    encoder.serializer().check(attribute.name(), value);
    return SessionSnapshot.of(Map.of(attribute.name(), value))
        .withId(NO_ID)
        .withTimes(written, written)
        .withMaxIdle(Duration.ZERO);
  }

  /** The value of a token that was accepted and judged. */
  SealedValue.Result<T> result(Accepted accepted) {
    SessionSnapshot snapshot = accepted.snapshot();
    if (!isSingle(snapshot)) {
      return none(RejectionReason.BAD_PAYLOAD);
    }
    try {
      T value = attribute.cast(snapshot.attributes().get(attribute.name()));
      return value == null
          ? none(RejectionReason.BAD_PAYLOAD)
          : new SealedValue.Result<>(value, snapshot.created(), null, accepted.byOldKey());
    } catch (ClassCastException e) {
      // Of a stranger's serializer; ours reads the declared type.
      return none(RejectionReason.BAD_PAYLOAD);
    }
  }

  /** Whether it is what {@link #snapshot} writes: a value has one text, not several. */
  private static boolean isSingle(SessionSnapshot snapshot) {
    return NO_ID.equals(snapshot.id())
        && Objects.equals(snapshot.created(), snapshot.refreshed())
        && Duration.ZERO.equals(snapshot.maxIdle())
        && snapshot.subject() == null
        && snapshot.keys().isEmpty()
        && !snapshot.remembered()
        && !snapshot.shared()
        && snapshot.attributes().size() == 1;
  }

  static <T> SealedValue.Result<T> none(@Nullable RejectionReason reason) {
    return new SealedValue.Result<>(null, null, reason, false);
  }
}
