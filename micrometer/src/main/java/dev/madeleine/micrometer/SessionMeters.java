package dev.madeleine.micrometer;

import dev.madeleine.SessionEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A listener that counts session events in a registry. No tag holds what a client can choose, so
 * the number of meters is bounded by cookies, formats, keys and reasons.
 *
 * <pre>{@code
 * SessionEventLog log = new SessionEventLog(System.getLogger("sessions"), InstantSource.system());
 * Sessions sessions =
 *     Sessions.builder(keys).listener(new SessionMeters(registry).andThen(log)).build();
 * }</pre>
 *
 * <table>
 *   <caption>The meters, each with the tag {@code cookie}</caption>
 *   <tr><th>meter</th><th>what</th><th>further tags</th></tr>
 *   <tr><td>madeleine.sessions.accepted</td><td>counter of requests that brought a session</td><td>format, key</td></tr>
 *   <tr><td>madeleine.sessions.size</td><td>distribution of the bytes that these brought</td><td></td></tr>
 *   <tr><td>madeleine.sessions.rejected</td><td>counter of requests whose cookie is no session</td><td>reason</td></tr>
 *   <tr><td>madeleine.sessions.issued</td><td>counter of responses that store a session, once for each cause</td><td>cause</td></tr>
 *   <tr><td>madeleine.sessions.problems</td><td>counter of all other events</td><td>event</td></tr>
 * </table>
 */
public final class SessionMeters implements Consumer<SessionEvent> {
  private static final String PREFIX = "madeleine.sessions.";
  private static final double[] SIZES = {512, 1024, 2048, 3072, 4096, 8192};

  /** What a counter counts: its name and the values of its tags. */
  private record Counted(String name, String cookie, String first, String second) {}

  private final MeterRegistry registry;
  private final Map<Counted, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, DistributionSummary> sizes = new ConcurrentHashMap<>();

  /** Meters in this registry. */
  public SessionMeters(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public void accept(SessionEvent event) {
    String cookie = event.cookie();
    if (event instanceof SessionEvent.Accepted accepted) {
      String key = Objects.requireNonNullElse(accepted.keyId(), "none");
      count(new Counted("accepted", cookie, accepted.format(), key));
      sizes.computeIfAbsent(cookie, this::size).record(accepted.size());
    } else if (event instanceof SessionEvent.Rejected rejected) {
      // Without the key that the cookie names: a forger chooses it.
      count(new Counted("rejected", cookie, rejected.reason().name(), ""));
    } else if (event instanceof SessionEvent.Issued issued) {
      issued.causes().forEach(cause -> count(new Counted("issued", cookie, cause.name(), "")));
    } else {
      count(new Counted("problems", cookie, event.getClass().getSimpleName(), ""));
    }
  }

  private void count(Counted what) {
    counters.computeIfAbsent(what, this::counter).increment();
  }

  private Counter counter(Counted what) {
    Counter.Builder counter = Counter.builder(PREFIX + what.name).tag("cookie", what.cookie);
    switch (what.name) {
      case "accepted" ->
          counter
              .description("Requests that brought a session")
              .tag("format", what.first)
              .tag("key", what.second);
      case "rejected" ->
          counter.description("Requests whose cookie is no session").tag("reason", what.first);
      case "issued" ->
          counter
              .description("Responses that store a session, once for each cause")
              .tag("cause", what.first);
      default -> counter.description("Events to look into").tag("event", what.first);
    }
    return counter.register(registry);
  }

  private DistributionSummary size(String cookie) {
    return DistributionSummary.builder(PREFIX + "size")
        .description("Bytes of a session in a request")
        .baseUnit("bytes")
        .tag("cookie", cookie)
        .serviceLevelObjectives(SIZES)
        .register(registry);
  }
}
