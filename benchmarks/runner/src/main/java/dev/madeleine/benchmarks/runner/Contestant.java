package dev.madeleine.benchmarks.runner;

/** Something that is measured beside others. */
public interface Contestant {
  /** Its name among the contestants of one JVM. */
  String name();

  /** Invokes its work this many times, and says what that took. */
  Turn take(int invocations) throws Exception;

  /** How many operations are done by an invocation. */
  default int operations() {
    return 1;
  }
}
