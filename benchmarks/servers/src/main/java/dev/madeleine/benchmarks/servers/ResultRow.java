package dev.madeleine.benchmarks.servers;

/**
 * What was measured of one variant.
 *
 * @param server the container
 * @param session the kind of session
 * @param jdk the Java version
 * @param rounds how many
 * @param cpuMicros CPU microseconds of the server's process per request, the median of the rounds
 * @param leastCpuMicros the same in the least disturbed round
 * @param toInMemory the CPU in units of the in-memory session that is read, the median of the
 *     rounds' ratios
 * @param jitMicros what of it the JIT compilers took
 * @param redisMicros CPU microseconds of Redis per request; 0 where it has nothing to do
 * @param bytes allocated by the server per request
 * @param perSecond requests per second of the clock on the wall
 */
record ResultRow(
    String server,
    String session,
    String jdk,
    int rounds,
    double cpuMicros,
    double leastCpuMicros,
    double toInMemory,
    double jitMicros,
    double redisMicros,
    long bytes,
    long perSecond) {

  /** The row of a variant. */
  static ResultRow of(Variant variant, Rounds rounds) {
    return new ResultRow(
        variant.container().label(),
        variant.kind().label(),
        System.getProperty("java.version"),
        rounds.count(variant),
        thousandths(rounds.median(variant, Sample::cpuMicros)),
        thousandths(rounds.leastCpuMicros(variant)),
        thousandths(rounds.ratio(variant, variant.with(SessionKind.IN_MEMORY))),
        thousandths(rounds.median(variant, Sample::jitMicros)),
        variant.kind().store() == SessionStore.REDIS
            ? thousandths(rounds.median(variant, Sample::redisMicros))
            : 0,
        Math.round(rounds.median(variant, Sample::bytes)),
        Math.round(rounds.median(variant, Sample::perSecond)));
  }

  private static double thousandths(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
