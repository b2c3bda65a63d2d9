package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A variant with its server's process. */
final class RunningVariant implements AutoCloseable {
  private static final double NANOS_PER_MICRO = 1000;

  private final Variant variant;
  private final ServerProcess server;
  private final RedisProcess redis;
  private final Visitor visitor;

  private RunningVariant(Variant variant, ServerProcess server, RedisProcess redis) {
    this.variant = variant;
    this.server = server;
    this.redis = redis;
    visitor = new Visitor(variant.kind(), server.port());
  }

  /**
   * Starts the server.
   *
   * @param folder where its log goes
   * @throws IOException if it does not start, or answers wrongly
   */
  static RunningVariant start(Variant variant, Pace pace, RedisProcess redis, Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve(variant.container() + "-" + variant.kind() + ".log");
    ServerProcess server = ServerProcess.start(variant, pace.options(), redis.port(), log);
    RunningVariant running = new RunningVariant(variant, server, redis);
    try {
      running.check();
      return running;
    } catch (IOException e) {
      running.close();
      throw e;
    }
  }

  Variant variant() {
    return variant;
  }

  /** Lets the JIT see enough requests. */
  void warmUp(Pace pace) throws IOException, InterruptedException {
    boolean warm = false;
    for (int turn = 0; turn < pace.warmUpTurns() && !warm; turn++) {
      warm = load(pace.seconds()).isWarm();
    }
  }

  /**
   * What a request costs.
   *
   * @throws IOException if one failed, or the server answers wrongly
   */
  Sample load(int seconds) throws IOException, InterruptedException {
    check();
    visitor.login(); // A new session, that it is not written again because of its age.
    Duration cpu = server.cpuTime();
    Duration jit = server.jitTime();
    Duration redisCpu = redis.cpuTime();
    long bytes = server.allocatedBytes();
    WrkReport report = run(seconds);
    double requests = report.requests();
    return new Sample(
        micros(server.cpuTime().minus(cpu)) / requests,
        micros(server.jitTime().minus(jit)) / requests,
        micros(redis.cpuTime().minus(redisCpu)) / requests,
        (server.allocatedBytes() - bytes) / requests,
        report.perSecond());
  }

  private void check() throws IOException, InterruptedException {
    try {
      visitor.check();
    } catch (IOException e) {
      throw new IOException(variant + ": " + e.getMessage(), e);
    }
  }

  private WrkReport run(int seconds) throws IOException, InterruptedException {
    try {
      return Wrk.run(visitor.url(), visitor.cookie(), seconds);
    } catch (IOException e) {
      throw new IOException(variant + ": " + e.getMessage(), e);
    }
  }

  private static double micros(Duration time) {
    return time.toNanos() / NANOS_PER_MICRO;
  }

  @Override
  public void close() {
    server.close();
  }
}
