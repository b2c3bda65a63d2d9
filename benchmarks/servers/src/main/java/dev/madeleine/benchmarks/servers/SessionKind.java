package dev.madeleine.benchmarks.servers;

/** One thing to measure: a store of sessions and what each request does with its session. */
enum SessionKind {
  NONE("no session", SessionStore.NONE, SessionUse.UNTOUCHED),
  IN_MEMORY("in-memory, read", SessionStore.CONTAINER, SessionUse.READ),
  IN_MEMORY_CHANGED("in-memory, changed", SessionStore.CONTAINER, SessionUse.CHANGE),
  UNTOUCHED("Madeleine, untouched", SessionStore.MADELEINE, SessionUse.UNTOUCHED),
  READ("Madeleine, read", SessionStore.MADELEINE, SessionUse.READ),
  CHANGED("Madeleine, changed", SessionStore.MADELEINE, SessionUse.CHANGE),
  REDIS("Spring Session + Redis, read", SessionStore.REDIS, SessionUse.READ),
  REDIS_CHANGED("Spring Session + Redis, changed", SessionStore.REDIS, SessionUse.CHANGE);

  private final String label;
  private final SessionStore store;
  private final SessionUse use;

  SessionKind(String label, SessionStore store, SessionUse use) {
    this.label = label;
    this.store = store;
    this.use = use;
  }

  /** Its name in tables. */
  String label() {
    return label;
  }

  SessionStore store() {
    return store;
  }

  SessionUse use() {
    return use;
  }
}
