package dev.madeleine.keys;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Today's keys of a source that may change while the server runs, for {@code
 * Sessions.builder(keys)}. To ask for the ring costs a volatile read; a daemon thread looks at the
 * source and at the clock, and replaces the ring as a whole.
 *
 * <pre>{@code
 * ReloadingKeys keys = ReloadingKeys.from(KeySource.file(Path.of("/etc/shop/keys.json"))).start();
 * Sessions sessions = Sessions.builder(keys).build();
 * }</pre>
 *
 * <p>A source that is missing, half-written, invalid or empty leaves the keys of before in use, and
 * so does one that does not know the key that signs, unless it says that it is revoked.
 */
public final class ReloadingKeys implements Supplier<KeyRing>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ReloadingKeys.class.getName());
  private static final Duration REPEAT = Duration.ofHours(1);

  /**
   * What is wrong with the source.
   *
   * @param since when it was found to be wrong first
   * @param latest when it was found to be wrong last
   * @param reason what is wrong, for the operator; never a secret
   */
  public record Failure(Instant since, Instant latest, String reason) {}

  private final KeySource source;
  private final InstantSource clock;
  private final Duration interval;
  private final boolean allowOrphaning;
  private final Consumer<KeyEvent> listener;
  private volatile Found found;
  private volatile boolean closed;
  private Instant lastReport = Instant.MIN;
  private @Nullable Thread watch;

  ReloadingKeys(ReloadingKeysBuilder settings) throws IOException {
    source = settings.source;
    clock = settings.clock;
    interval = settings.interval;
    allowOrphaning = settings.allowOrphaning;
    listener = settings.listener;
    found = Found.first(source, source.content(), clock.instant());
  }

  /** A builder of reloading keys. */
  public static ReloadingKeysBuilder from(KeySource source) {
    return new ReloadingKeysBuilder(source);
  }

  /** These keys, with a thread if there is anything to watch. */
  ReloadingKeys started() {
    report(replaced(found.ring()));
    if (!source.isConstant() || found.rings().changesAfter(clock.instant()) != null) {
      watch = KeyWatch.start(this);
    }
    return this;
  }

  /** Today's keys: the same object until they are others. Never waits. */
  @Override
  public KeyRing get() {
    return found.ring();
  }

  /** When the keys in use were read first. */
  public Instant loadedAt() {
    return found.loaded();
  }

  /** When the source was in order last: with a source that hangs or fails it grows old. */
  public Instant confirmedAt() {
    return found.confirmed();
  }

  /** What was wrong with the source at the last look, or null if it was in order. */
  public @Nullable Failure lastFailure() {
    return found.failure();
  }

  /**
   * How long the source has been overdue: the time since it was in order last, beyond the interval
   * in which it is looked at. Zero as long as every look finds it in order, and for a source that
   * never changes. With a source that hangs it grows as well.
   */
  public Duration unconfirmedFor() {
    Instant due = found.confirmed().plus(interval);
    Instant now = clock.instant();
    return source.isConstant() || now.isBefore(due) ? Duration.ZERO : Duration.between(due, now);
  }

  /** Every key that the source names, the revoked ones included; never a secret. */
  public List<KeyStatus> status() {
    return found.status(clock.instant());
  }

  /**
   * Looks at the source and the clock now, on this thread: for a program that knows that the keys
   * have just changed. A failure is reported, not thrown.
   */
  public synchronized void refresh() {
    Found last = found;
    Instant now = clock.instant();
    try {
      byte[] content = source.isConstant() ? null : source.content();
      found = content == null ? last.at(now) : last.replacedBy(content, allowOrphaning, now);
      if (last.failure() != null) {
        report(new KeyEvent.Recovered(source.toString(), last.failure().since()));
      }
    } catch (Throwable e) { // An Error too: a thread that ended would never rotate again.
      if (closed) {
        return; // Interrupted while it read.
      }
      fail(last, reason(e), now);
    }
    if (!found.ring().equals(last.ring())) {
      report(replaced(found.ring()));
    }
  }

  private void fail(Found last, String reason, Instant now) {
    Failure before = last.failure();
    Instant since = before == null ? now : before.since();
    found = last.failing(new Failure(since, now, reason), now);
    boolean news = before == null || !before.reason().equals(reason);
    if (news || !now.isBefore(lastReport.plus(REPEAT))) {
      lastReport = now;
      report(new KeyEvent.Failed(source.toString(), reason, since, last.confirmed()));
    }
  }

  private String reason(Throwable e) {
    boolean ours = e instanceof IOException || e instanceof IllegalArgumentException;
    return ours && e.getMessage() != null
        ? e.getMessage()
        : source + " failed with " + e.getClass().getName();
  }

  private KeyEvent replaced(KeyRing ring) {
    List<String> accepted = ring.olderKeys().stream().map(MasterKey::id).toList();
    return new KeyEvent.Replaced(
        source.toString(), ring.signingKey().id(), accepted, ring.revokedIds());
  }

  /** Tells the listener. One that throws, be it an Error, costs a log line, not the keys. */
  private void report(KeyEvent event) {
    try {
      listener.accept(event);
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "the key event listener failed", e);
    }
  }

  /** How long the thread may sleep: to the next look, or to the next key's time. */
  Duration pause() {
    Instant now = clock.instant();
    Instant change = found.rings().changesAfter(now);
    if (change == null) {
      return interval;
    }
    Duration toChange = Duration.between(now, change).plusMillis(1);
    return toChange.compareTo(interval) < 0 ? toChange : interval;
  }

  /** Ends the thread. The keys of this moment stay in use. */
  @Override
  public void close() {
    closed = true;
    Thread running = watch;
    if (running != null) {
      running.interrupt();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** The source and the ids of the keys. */
  @Override
  public String toString() {
    return source + ": " + found.ring();
  }
}
