package dev.madeleine.spring;

import dev.madeleine.keys.ReloadingKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the keys of this node are those of their source. A node that cannot see the source goes
 * on with the keys that it has, but misses a rotation.
 *
 * @param isUp whether it is in order, or has been overdue for a short time only
 * @param details the dates and what is wrong; never a secret
 */
record KeysHealth(boolean isUp, Map<String, String> details) {
  /** Half of what {@code madeleine keys rotate} leaves to all nodes before a new key signs. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static KeysHealth of(ReloadingKeys keys) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("signingKey", keys.get().signingKey().id());
    details.put("confirmedAt", keys.confirmedAt().toString());
    ReloadingKeys.Failure failure = keys.lastFailure();
    if (failure != null) {
      details.put("failingSince", failure.since().toString());
      details.put("reason", failure.reason());
    }
    return new KeysHealth(keys.unconfirmedFor().compareTo(PATIENCE) <= 0, details);
  }
}
