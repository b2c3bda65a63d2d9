package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the nodes of a test report that an operator should see, such as a lost change. */
final class Warnings implements Consumer<SessionEvent> {
  private final List<SessionEvent> events = new ArrayList<>();

  @Override
  public synchronized void accept(SessionEvent event) {
    if (event.level().compareTo(System.Logger.Level.WARNING) >= 0) {
      events.add(event);
    }
  }

  /** Asserts that there was none since the last call. */
  void assertNone() {
    assertThat(taken()).isEmpty();
  }

  private synchronized List<SessionEvent> taken() {
    List<SessionEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** Asserts that there were those since the last call, each at least once. */
  void assertOnly(SessionEvent... expected) {
    assertThat(taken()).containsOnly(expected);
  }
}
