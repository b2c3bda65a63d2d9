package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a JWT says of a session's life, the same for each JWT library: {@code iat} is when the
 * session was written, {@code exp} half a day later (RFC 7519, 4.1.4 and 4.1.6).
 */
record JwtTimes(Instant issued, Instant expires) {
  private static final Duration LIFE = Duration.ofHours(12);

  static JwtTimes of(SessionSnapshot session) {
    Instant issued = Objects.requireNonNull(session.refreshed());
    return new JwtTimes(issued, issued.plus(LIFE));
  }

  /** The claims that are attributes of the session, a new map. */
  static Map<String, Object> attributesOf(Map<String, Object> claims) {
    Map<String, Object> attributes = new LinkedHashMap<>(claims);
    attributes.remove("iat");
    attributes.remove("exp");
    return attributes;
  }
}
