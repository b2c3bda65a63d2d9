package dev.madeleine.benchmarks.servers;

/**
 * One variant in one round.
 *
 * @param cpuMicros CPU microseconds of the server's process per request
 * @param jitMicros what of it the JIT compilers took
 * @param redisMicros CPU microseconds of Redis per request
 * @param bytes allocated by the server per request
 * @param perSecond requests per second of the clock on the wall
 */
record Sample(
    double cpuMicros, double jitMicros, double redisMicros, double bytes, double perSecond) {

  private static final double WARM = 0.02;

  /** Whether the JIT is done with what it has to do, for all that matters. */
  boolean isWarm() {
    return jitMicros < WARM * cpuMicros;
  }
}
