package dev.madeleine.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How the attributes of a session are called: as in all others, or as in no other. */
public enum Names {
  /** The same names in all sessions. */
  KNOWN {
    @Override
    String suffix(int session) {
      return "-0000";
    }
  },
  /** Names that no other session has. */
  NEW {
    @Override
    String suffix(int session) {
      return String.format(Locale.ROOT, "-%04x", session);
    }
  };

  /** What stands behind each name in a session with this number; always of the same length. */
  abstract String suffix(int session);

  /** The small session; its counter keeps its name. */
  Map<String, Object> attributes(int session) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    SampleSession.SMALL
        .attributes()
        .forEach(
            (name, value) ->
                attributes.put(
                    name.equals(SampleSession.VIEWS) ? name : name + suffix(session), value));
    return attributes;
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT) + " names";
  }
}
