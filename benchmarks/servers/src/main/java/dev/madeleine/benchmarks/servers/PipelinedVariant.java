package dev.madeleine.benchmarks.servers;

import com.sun.management.ThreadMXBean;
import dev.madeleine.benchmarks.runner.Contestant;
import dev.madeleine.benchmarks.runner.Turn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server whose turns are requests; what counts is what its own threads take for them. */
final class PipelinedVariant implements Contestant {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Sooner than a server closes an idle connection, or writes an unchanged session again. */
  private static final long RENEWAL_NANOS = Duration.ofSeconds(15).toNanos();

  private static final int STILL_NANOS = 50_000;

  private final String name;
  private final String unit;
  private final LoadedServer server;
  private final long[] threads;

  /** Who has the cookie; of another server, if this one has no sessions. */
  private final Visitor visitor;

  private @Nullable Pipeline pipeline;
  private long since;

  PipelinedVariant(String name, String unit, LoadedServer server, Visitor visitor) {
    this.name = name;
    this.unit = unit;
    this.server = server;
    threads = server.threads().stream().mapToLong(Long::longValue).toArray();
    this.visitor = visitor;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public Turn take(int invocations) throws IOException, InterruptedException {
    Pipeline current = pipeline();
    long bytes = bytes();
    long cpuNanos = settledCpuNanos();
    try {
      current.ask(String.valueOf(visitor.cookie()), invocations);
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    cpuNanos = settledCpuNanos() - cpuNanos;
    return new Turn(cpuNanos, bytes() - bytes);
  }

  /** A connection that is young, and a session that is. */
  private Pipeline pipeline() throws IOException, InterruptedException {
    Pipeline current = pipeline;
    if (current != null && System.nanoTime() - since < RENEWAL_NANOS) {
      return current;
    }
    if (current != null) {
      current.close();
    }
    visitor.login();
    since = System.nanoTime();
    Pipeline fresh = new Pipeline(server.port());
    fresh.ask(String.valueOf(visitor.cookie()), 1);
    pipeline = fresh;
    return fresh;
  }

  /** CPU time of the server's threads, when they are done with what they do after an answer. */
  private long settledCpuNanos() {
    long before;
    long now = cpuNanos();
    do {
      before = now;
      LockSupport.parkNanos(STILL_NANOS);
      now = cpuNanos();
    } while (now != before);
    return now;
  }

  /** A thread that has ended counts with -1, before a turn and after it. */
  private long cpuNanos() {
    return Arrays.stream(THREADS.getThreadCpuTime(threads)).sum();
  }

  private long bytes() {
    return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
  }
}
