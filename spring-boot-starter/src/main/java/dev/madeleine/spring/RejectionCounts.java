package dev.madeleine.spring;

import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEvent;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many cookies this process has rejected since it started, by reason. */
final class RejectionCounts implements SessionObserver {
  private final Map<RejectionReason, LongAdder> counts = new EnumMap<>(RejectionReason.class);

  RejectionCounts() {
    for (RejectionReason reason : RejectionReason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  @Override
  public void observe(SessionEvent event) {
    if (event instanceof SessionEvent.Rejected rejected) {
      counts.getOrDefault(rejected.reason(), new LongAdder()).increment();
    }
  }

  /** The reasons that have occurred, in their order. */
  Map<String, Long> byReason() {
    Map<String, Long> byReason = new LinkedHashMap<>();
    counts.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            byReason.put(reason.name(), count.sum());
          }
        });
    return byReason;
  }
}
