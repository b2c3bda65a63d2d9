package dev.madeleine.benchmarks.servers;

/** What has a line in the table of pipelined requests. */
enum PipelinedRow {
  NONE_WITH_OURS(SessionKind.NONE, SessionKind.READ),
  UNTOUCHED(SessionKind.UNTOUCHED, SessionKind.UNTOUCHED),
  READ(SessionKind.READ, SessionKind.READ),
  CHANGED(SessionKind.CHANGED, SessionKind.CHANGED),
  NONE_WITH_JSESSIONID(SessionKind.NONE, SessionKind.IN_MEMORY),
  IN_MEMORY(SessionKind.IN_MEMORY, SessionKind.IN_MEMORY),
  IN_MEMORY_CHANGED(SessionKind.IN_MEMORY_CHANGED, SessionKind.IN_MEMORY_CHANGED);

  private final SessionKind kind;
  private final SessionKind cookieOf;

  PipelinedRow(SessionKind kind, SessionKind cookieOf) {
    this.kind = kind;
    this.cookieOf = cookieOf;
  }

  /** Its name in the table. */
  String label() {
    return kind == cookieOf ? kind.label() : kind.label() + ", cookie " + cookieOf.store().cookie();
  }

  /** Whether it has our sessions. */
  boolean isOurs() {
    return kind.store() == SessionStore.MADELEINE;
  }

  /** The same cookie without a session: this costs a request anyway. */
  PipelinedRow unit() {
    return cookieOf.store() == SessionStore.MADELEINE ? NONE_WITH_OURS : NONE_WITH_JSESSIONID;
  }

  /**
   * What {@link PipelinedServers} reads.
   *
   * @param prefix of the name
   */
  String line(String prefix, String classPath) {
    return PipelinedServers.line(prefix + label(), unit().label(), kind, cookieOf, classPath);
  }
}
