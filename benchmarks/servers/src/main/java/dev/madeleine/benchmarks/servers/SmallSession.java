package dev.madeleine.benchmarks.servers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The session of each visitor: a login, 164 bytes of JSON, as in the other benchmarks. */
final class SmallSession {
  /** The attribute that counts. */
  static final String VIEWS = "views";

  /** What it counts from. */
  static final int FIRST_VIEWS = 42;

  private SmallSession() {}

  /** The attributes, a new map. */
  static Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "ada.k.lovelace@example.org");
    attributes.put("roles", List.of("editor", "reviewer"));
    attributes.put("locale", "en-GB");
    attributes.put(VIEWS, FIRST_VIEWS);
    attributes.put("darkMode", true);
    attributes.put("csrf", "kJx0Vb3nQm7TzR5sYw2LhPcA9fUdGe1oXtNqZ6vM4iB");
    return attributes;
  }
}
