package dev.madeleine.containers;

import java.util.List;
import java.util.Set;

/** A servlet container. To add one to the matrix, implement this in a module of its own. */
public interface Container {
  /**
   * Starts it on the loopback address.
   *
   * @param port where it listens, 0 for any free port
   * @param applications what it serves, each below its context path
   */
  Running start(int port, List<WebApplication> applications) throws Exception;

  /** Whether it has Servlet 6.1 or later, with more ways to redirect. */
  boolean isServlet61();

  /**
   * The {@code Set-Cookie} lines of a response that has taken our only one back. A container that
   * cannot remove a header overrides this.
   *
   * @param restoring the line that brings the client back to the cookie that it had
   */
  default List<String> takenBack(String restoring) {
    return List.of();
  }

  /** Whether {@code HttpServletRequest.upgrade} is implemented; otherwise it throws. */
  default boolean canUpgrade() {
    return true;
  }

  /** The status codes with which it refuses a request before any filter sees it. */
  default Set<Integer> refusals() {
    return Set.of(400, 431);
  }

  /** The {@code Cache-Control} of an error page that sets our cookie. */
  default String errorCacheControl() {
    return "no-store";
  }

  /**
   * The {@code Set-Cookie} lines of the container's own page for an exception, where the
   * application has no error page.
   *
   * @param stored the line that stores what the request set before
   */
  default List<String> withExceptionPage(String stored) {
    return List.of(stored);
  }

  /**
   * Whether the filter can set a header within an include. Where not, a session that first changes
   * in an include which overflows the buffer is lost, and reported.
   */
  default boolean takesHeadersWithinInclude() {
    return true;
  }

  /**
   * Whether the listeners of an async request hear of an exception before the error page is sent,
   * so that they can still answer and change the session.
   */
  default boolean asksListenersBeforeErrorPage() {
    return true;
  }

  /** A container that has started. */
  interface Running {
    /** Where it listens. */
    int port();

    /** Stops it. */
    void stop() throws Exception;
  }
}
