package dev.madeleine.benchmarks.servers;

import org.jspecify.annotations.Nullable;

/** Where the sessions are. */
enum SessionStore {
  /** Nowhere: there are none. */
  NONE(null),
  /** In the memory of the container, its own {@code HttpSession}. */
  CONTAINER("JSESSIONID"),
  /** In our cookie. */
  MADELEINE("__Host-session"),
  /** In Redis, by Spring Session. */
  REDIS("SESSION");

  private final @Nullable String cookie;

  SessionStore(@Nullable String cookie) {
    this.cookie = cookie;
  }

  /** The name of the cookie, or null where there is none. */
  @Nullable String cookie() {
    return cookie;
  }
}
