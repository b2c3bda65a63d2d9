package dev.madeleine.benchmarks.servers;

/**
 * One variant in one round.
 *
 * @param cpuMicros CPU microseconds of the server's process per request
 * @param redisMicros CPU microseconds of Redis per request
 * @param bytes allocated by the server per request
 * @param perSecond requests per second of the clock on the wall
 */
record Sample(double cpuMicros, double redisMicros, double bytes, double perSecond) {}
