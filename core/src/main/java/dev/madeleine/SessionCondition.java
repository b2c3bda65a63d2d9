package dev.madeleine;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A condition of the application's own that a session has to meet at each request, for example that
 * it was begun by the tenant whose host name the request carries.
 *
 * <pre>{@code
 * SessionPolicy.defaults().withCondition((session, headers) ->
 *     headers.apply("Host").equals(List.of(String.valueOf(session.attributes().get("host")))))
 * }</pre>
 */
@FunctionalInterface
public interface SessionCondition {
  /** The condition that every session meets: the default. */
  SessionCondition ALWAYS = (session, request) -> true;

  /**
   * Whether this session may be used by this request. What this method throws fails the request.
   *
   * @param session a session whose seal is good and whose times hold
   * @param requestHeaders from a header's name to its lines in order, empty for none. A client
   *     chooses its headers
   */
  boolean test(SessionSnapshot session, Function<String, List<String>> requestHeaders);

  /** A condition that holds when both do; the other is asked only if this one holds. */
  @CheckReturnValue
  default SessionCondition and(SessionCondition other) {
    Objects.requireNonNull(other, "other");
    return (session, headers) -> test(session, headers) && other.test(session, headers);
  }
}
