package dev.madeleine.json;

import java.util.Set;

/**
 * The reader of a release that lacks some tags of today, for tests of two releases side by side.
 */
public final class OlderRelease {
  private OlderRelease() {}

  /** JSON of a release before these tags. */
  public static JsonSerializer without(String... tags) {
    Set<String> missing = Set.of(tags);
    return JsonSerializer.PLAIN.readingTags(tag -> !missing.contains(tag));
  }
}
