package dev.madeleine;

import dev.madeleine.Decoded.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something an operator may want to know. Names, sizes, reasons and key ids; never a token, an id
 * or an attribute's value.
 */
public sealed interface SessionEvent {
  /** Name of the cookie that it is about. */
  String cookie();

  /**
   * A request brought a cookie that is not a session; the request went on with a new one. At most
   * once per request.
   *
   * @param cookie name of the cookie
   * @param reason why
   * @param keyId the key that the cookie names, or null if it was not read so far; the cookie may
   *     lie
   */
  record Rejected(String cookie, Reason reason, @Nullable String keyId) implements SessionEvent {
    /** Checks that there is a reason. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A session did not fit and was not sent; the client keeps the one before.
   *
   * @param cookie name of the cookie
   * @param message sizes, limit and the largest attributes by name
   */
  record TooLarge(String cookie, String message) implements SessionEvent {}

  /**
   * The session changed when the response's headers had gone: the change is lost.
   *
   * @param cookie name of the cookie
   * @param change what was lost, for example the attribute's name
   */
  record Lost(String cookie, String change) implements SessionEvent {}

  /**
   * An attribute lives in its request only, because a rule says so. Reported once per name.
   *
   * @param cookie name of the cookie that it is not in
   * @param attribute the attribute's name
   * @param type the type of its value
   */
  record NotCarried(String cookie, String attribute, String type) implements SessionEvent {}
}
