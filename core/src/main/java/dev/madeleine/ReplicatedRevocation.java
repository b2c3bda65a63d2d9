package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Revocation on every node, over an engine that is there anyway. Each node holds all marks in
 * memory and asks memory alone; threads of its own feed it from {@link SharedMarks} and send what
 * is revoked here. When the engine is away nobody is logged out and no request waits.
 *
 * <ul>
 *   <li>A logout ({@link #revokeSession}) holds here at once and is sent behind the response.
 *   <li>{@link #revokeSubject}, {@link #revokeKey} and {@link #revokeAll} hold here at once, and
 *       throw a {@link RevocationNotSharedException} if the engine has not taken them within half a
 *       second; they are sent all the same.
 *   <li>A login waits until what others have revoked so far is known, one round trip and at most
 *       200 milliseconds, and not at all while the engine is away.
 *   <li>Times are those of the engine's clock, where it has one.
 *   <li>What this node revoked in the last ten minutes is sent again whenever the engine comes
 *       back, and everything if it has lost its data.
 * </ul>
 *
 * <p>Sessions without a subject end on this node only, unless {@link
 * ReplicatedRevocationBuilder#shareVisits} was asked for: anybody can begin and end these.
 *
 * <pre>{@code
 * ReplicatedRevocation revocation = ReplicatedRevocation.over(engine, () -> keys).start();
 * SessionPolicy policy = SessionPolicy.defaults().withRevocation(revocation);
 * }</pre>
 */
public final class ReplicatedRevocation implements Revocation, AutoCloseable {
  private static final Duration SHARED = Duration.ofMillis(500);
  private static final Duration CAUGHT_UP = Duration.ofMillis(200);

  private final SharedMarks engine;
  private final Marks marks;
  private final MarkOutbox outbox;
  private final MarkFeed feed;
  private final boolean acceptEarly;
  private final boolean shareVisits;

  /** Nanoseconds without an answer from which on requests fail, or 0 for never. */
  private final long stale;

  private volatile InstantSource clock = SessionPolicy.defaults().clock();
  private volatile boolean ready;

  ReplicatedRevocation(ReplicatedRevocationBuilder settings) {
    engine = settings.engine();
    marks = new Marks(settings.limit(), true);
    acceptEarly = settings.acceptsEarly();
    shareVisits = settings.sharesVisits();
    stale = settings.stale().toNanos();
    MarkSeal seal = new MarkSeal(settings.keys(), engine.audience(), settings.random());
    outbox = new MarkOutbox(engine, seal);
    feed =
        new MarkFeed(
            engine,
            seal,
            marks,
            outbox,
            () -> clock.millis(),
            settings.listener(),
            settings.compactEvery().toNanos(),
            settings.random());
  }

  /**
   * Begins to set one up over an engine, which it will close.
   *
   * @param keys seal what is shared: those of the sessions
   */
  public static ReplicatedRevocationBuilder over(SharedMarks engine, Supplier<KeyRing> keys) {
    return new ReplicatedRevocationBuilder(engine, keys);
  }

  /** Starts the threads, and waits for what the engine knows. */
  void start(Duration most) {
    thread("feed", feed);
    thread("answers", feed::answer);
    thread("outbox", outbox);
    try {
      ready = feed.isReadyWithin(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, "madeleine-marks-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(null); // Not the one of the application that happened to start it.
    thread.start();
  }

  /** Lives as long, and by the clock, of this policy; called when one is made with it. */
  void governedBy(SessionPolicy policy) {
    marks.expectLife(policy);
    clock = policy.clock();
  }

  private long now() {
    return clock.millis() + feed.offset();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it is not known what has been revoked: before the engine has
   *     answered for the first time, unless {@link ReplicatedRevocationBuilder#acceptEarly}, and
   *     when it has been silent for longer than {@link ReplicatedRevocationBuilder#failWhenStale}
   *     allows
   */
  @Override
  public boolean isRevoked(Stamp stamp) {
    if (!ready && !isReady()) {
      throw new IllegalStateException(
          "what has been revoked is not known, since %s has not answered since this node started; bring it back, or let requests pass meanwhile with acceptEarly()"
              .formatted(engine));
    }
    if (stale > 0 && feed.isSilentFor(stale)) {
      throw new IllegalStateException(
          "what has been revoked is not known, since %s has not answered for more than %s, as failWhenStale demands"
              .formatted(engine, Duration.ofNanos(stale)));
    }
    return marks.isRevoked(stamp);
  }

  private boolean isReady() {
    ready = feed.isReady();
    return ready || acceptEarly;
  }

  @Override
  public void revokeSession(Stamp stamp, Instant until) {
    long now = now();
    Mark mark = marks.ofSession(stamp, until, now);
    marks.add(mark, now);
    if (stamp.subject() != null || shareVisits) {
      outbox.send(mark);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws RevocationNotSharedException if the engine does not take it within half a second
   */
  @Override
  public void revokeSubject(String subject) {
    long now = now();
    share(marks.ofSubject(subject, now), now);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RevocationNotSharedException if the engine does not take it within half a second
   */
  @Override
  public void revokeKey(String key) {
    long now = now();
    share(marks.ofKey(key, now), now);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RevocationNotSharedException if the engine does not take it within half a second
   */
  @Override
  public void revokeAll() {
    long now = now();
    share(marks.ofAll(now), now);
  }

  private void share(Mark mark, long now) {
    marks.add(mark, now);
    CompletableFuture<Void> sent = new CompletableFuture<>();
    outbox.send(mark, sent);
    try {
      sent.get(SHARED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RevocationNotSharedException(engine.toString());
    } catch (ExecutionException | TimeoutException e) {
      throw new RevocationNotSharedException(engine.toString());
    }
  }

  @Override
  public void issued(Instant created) {
    marks.issued(created);
  }

  @Override
  public void catchUp() {
    feed.catchUp(CAUGHT_UP);
  }

  @Override
  public long clockOffset() {
    return feed.offset();
  }

  /** How it is doing. */
  public RevocationStatus status() {
    return new RevocationStatus(
        feed.isReady(),
        feed.isReady() && !feed.isAway(),
        feed.contact(),
        Duration.ofMillis(feed.offset()),
        marks.size(),
        marks.bytes(),
        outbox.size(),
        feed.errors() + outbox.errors());
  }

  /** Reports what has happened since it was last asked to. */
  void report(String cookie, Consumer<SessionEvent> listener) {
    marks.report(cookie, listener);
  }

  /**
   * Sends what waits, if the engine takes it, and closes the engine. What was revoked holds on
   * until the process ends.
   */
  @Override
  public void close() {
    outbox.close(feed.isAway() ? Duration.ZERO : SHARED);
    feed.close();
    engine.close();
  }

  /** The engine, and how many entries at most. */
  @Override
  public String toString() {
    return "over %s, at most %s entries on each node"
        .formatted(Objects.requireNonNull(engine), marks.limit());
  }
}
