package dev.madeleine.benchmarks.servers;

import java.util.ArrayList;
import java.util.List;

/** A kind of session in a container: what has a line in the table. */
record Variant(Container container, SessionKind kind) {
  /** All that are measured. */
  static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    for (Container container : Container.values()) {
      for (SessionKind kind : SessionKind.values()) {
        all.add(new Variant(container, kind));
      }
    }
    return all;
  }

  /** The same container with another kind of session. */
  Variant with(SessionKind other) {
    return new Variant(container, other);
  }

  @Override
  public String toString() {
    return container.label() + ", " + kind.label();
  }
}
