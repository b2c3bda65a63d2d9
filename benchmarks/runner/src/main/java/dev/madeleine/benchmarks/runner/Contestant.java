package dev.madeleine.benchmarks.runner;

import org.jspecify.annotations.Nullable;

/** Something that is measured beside others. */
public interface Contestant {
  /** Its name among the contestants of one JVM. */
  String name();

  /** Invokes its work this many times, and says what that took. */
  Turn take(int invocations) throws Exception;

  /** The name of a contestant with which this one is compared turn by turn, or null. */
  default @Nullable String unit() {
    return null;
  }

  /** How many operations are done by an invocation. */
  default int operations() {
    return 1;
  }
}
