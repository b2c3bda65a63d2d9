package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something an operator may want to know. Names, sizes, reasons and key ids; never a token, an id
 * or an attribute's value.
 *
 * <p>An event says itself how much it matters and what it means, so whoever logs, records or counts
 * events needs no list of their kinds.
 */
public sealed interface SessionEvent {
  /** Name of the cookie, or header, that it is about. */
  String cookie();

  /**
   * How much it matters. {@link Level#DEBUG} is what happens in good requests all day: to be
   * counted, not to be worried about.
   */
  Level level();

  /** One sentence for the log, without the cookie's name. Control characters are replaced. */
  String message();

  /**
   * What the event is about besides its cookie: events of one cookie, kind and topic share one line
   * of the log in ten seconds, so a topic never holds what a client can choose. Empty by default.
   */
  default String topic() {
    return "";
  }

  /**
   * What it is about besides its cookie as names and values, for logs that are searched: short
   * lower-case names, values without control characters, in a fixed order. Empty by default.
   */
  default Map<String, String> details() {
    return Map.of();
  }

  /** Whether it happens in good requests all day: to be counted, not to be worried about. */
  default boolean isRoutine() {
    return level() == Level.DEBUG;
  }

  /** Why a response stores a session. */
  enum Cause {
    /** It is new. */
    NEW,
    /** Its attributes, id, times or login have changed. */
    CHANGED,
    /** It was in use for a touch interval, so its idle time begins anew. */
    RENEWAL_DUE,
    /** It was sealed by a key that no longer signs. */
    OLD_KEY,
    /** It was read from another place, or in another format, than the one that is written. */
    OTHER_PLACE
  }

  /**
   * A request brought a session. At most once per request.
   *
   * @param cookie name of the cookie that it was read from
   * @param format what {@link SessionEncoder#format} says
   * @param keyId the key that sealed it, or null if the format has no key ids
   * @param size characters of its text in the request, all cookies of it together
   */
  record Accepted(String cookie, String format, @Nullable String keyId, int size)
      implements SessionEvent {
    @Override
    public Level level() {
      return Level.DEBUG;
    }

    @Override
    public String message() {
      return "accepted a session, " + format + withKey(keyId);
    }

    @Override
    public Map<String, String> details() {
      return pairs("format", format, "key", keyId, "size", size);
    }
  }

  /**
   * A response stores a session. Each cause at most once per request.
   *
   * @param cookie name of the cookie that is written
   * @param keyId the key that seals it, or null if the format has no key ids
   * @param causes why
   */
  record Issued(String cookie, @Nullable String keyId, Set<Cause> causes) implements SessionEvent {
    /** Copies the causes, in their order. */
    public Issued {
      Set<Cause> ordered = EnumSet.noneOf(Cause.class);
      ordered.addAll(causes);
      causes = Collections.unmodifiableSet(ordered);
    }

    @Override
    public Level level() {
      return Level.DEBUG;
    }

    @Override
    public String message() {
      return "issued a session, " + causes + withKey(keyId);
    }

    @Override
    public Map<String, String> details() {
      return pairs("key", keyId, "causes", causes);
    }
  }

  /**
   * A key sealed a session that should not be seen any more: all sessions of it have been sealed
   * again or have expired since, unless somebody uses a stolen key or a clock is wrong.
   *
   * @param cookie name of the cookie
   * @param keyId the key
   */
  record LateKeyUsed(String cookie, String keyId) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return "a session of key %s, which should not be in use any more".formatted(keyId);
    }

    @Override
    public String topic() {
      return keyId; // The seal was good, so it is a key of the ring.
    }

    @Override
    public Map<String, String> details() {
      return pairs("key", keyId);
    }
  }

  /**
   * An attribute could not be read: its declaration has vanished, or what is stored does not fit it
   * any more.
   *
   * @param cookie name of the cookie
   * @param attribute the attribute's name
   */
  record AttributeUnreadable(String cookie, String attribute) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return "attribute %s is unreadable: it does not fit its declaration, or has none any more"
          .formatted(PrintableName.of(attribute));
    }

    @Override
    public String topic() {
      return attribute;
    }

    @Override
    public Map<String, String> details() {
      return pairs("attribute", attribute);
    }
  }

  /**
   * The keys of a format are weak, for example published. Once, with {@link Sessions#announce}.
   *
   * @param cookie name of the cookie
   * @param weakness what is weak, without the key
   */
  record WeakKeyUsed(String cookie, String weakness) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return weakness;
    }
  }

  /**
   * A request brought a cookie that is not a session; the request went on with a new one. At most
   * once per request.
   *
   * @param cookie name of the cookie
   * @param reason why
   * @param keyId the key that the cookie names, or null if it was not read so far; the cookie may
   *     lie
   */
  record Rejected(String cookie, RejectionReason reason, @Nullable String keyId)
      implements SessionEvent {
    private static final String TWO_USERS =
        "sessions of two users came in cookies of one name. If the cookie had another path, domain or Partitioned before, name that one in SessionsBuilder.alsoExpiring (setting formerCookies), and the next login expires it; if not, somebody planted one, which a name that begins with __Host- prevents";

    /** Checks that there is a reason. */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
    }

    /** A warning where no forger can be the cause, as the seal was good. */
    @Override
    public Level level() {
      return advice() == null ? Level.INFO : Level.WARNING;
    }

    @Override
    public String message() {
      String advice = advice();
      return "rejected a session cookie: "
          + reason
          + withKey(keyId)
          + (advice == null ? "" : ": " + advice);
    }

    @Override
    public String topic() {
      return reason.name(); // Without the key id, which a forger chooses.
    }

    /** What an operator should do, or null. */
    private @Nullable String advice() {
      return switch (reason) {
        case NOT_YET_VALID ->
            "its seal is good, but its times lie in the future; a clock is wrong, check those of all nodes";
        case BAD_PAYLOAD ->
            "its seal is good, but what it holds cannot be read; check whether another application or release uses the same keys and purpose";
        case AMBIGUOUS -> TWO_USERS;
        default -> null;
      };
    }

    @Override
    public Map<String, String> details() {
      return pairs("reason", reason, "key", keyId);
    }
  }

  /**
   * A session did not fit and was not sent; the client keeps the one before.
   *
   * @param cookie name of the cookie
   * @param message sizes, limit and the largest attributes by name
   */
  record SessionTooLarge(String cookie, String message) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }
  }

  /**
   * A session that nobody changed was to be written again, to renew it, to seal it by another key
   * or to move it to another place, and could not be: it does not fit any more. The request went
   * on, and the client keeps the cookie that it has, until it expires. At most once per request.
   *
   * @param cookie name of the cookie that was to be written
   * @param reason why not, for example sizes, limit and the largest attributes by name
   */
  record NotRenewed(String cookie, String reason) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String message() {
      return "a session that was only read could not be renewed, its cookie stays as it is until it expires: "
          + reason;
    }
  }

  /**
   * Another thread changed a value of the session each time that it was written, so the response
   * has the session as it was saved before, if it was. At most once per request.
   *
   * @param cookie name of the cookie
   * @param attempts how often it was written
   */
  record SaveGivenUp(String cookie, int attempts) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String message() {
      return "a value of the session was changed by another thread each of the %s times that it was written, so the response has the session as it was saved before; let the other thread finish first, or work on a copy"
          .formatted(attempts);
    }

    @Override
    public Map<String, String> details() {
      return pairs("attempts", attempts);
    }
  }

  /**
   * A response that others may store, by its {@code Cache-Control}, had to store or expire a
   * session, so its {@code Cache-Control} was replaced by {@code no-store}. At most once per
   * request.
   *
   * @param cookie name of the cookie
   */
  record CachingRefused(String cookie) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return "the session had to be stored or expired in a response whose Cache-Control lets others store it; it was replaced by no-store. Do not use the session there, or set Cache-Control: private";
    }
  }

  /**
   * The header lines of a session are so long that a proxy may refuse the response. Once, if no
   * limit was chosen.
   *
   * @param cookie name of the cookie
   * @param size bytes of these lines
   * @param threshold bytes from which on this is reported
   */
  record ResponseHeadersLarge(String cookie, int size, int threshold) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return "the session takes %s bytes of a response's headers; from about %s on nginx answers 502 with its default proxy_buffer_size of 4k. Raise it and choose a limit with SessionsBuilder.responseLimit (setting responseLimit), for example responseLimit(8192)"
          .formatted(size, threshold);
    }

    @Override
    public Map<String, String> details() {
      return pairs("size", size, "threshold", threshold);
    }
  }

  /**
   * The session changed when the response's headers had gone: the change is lost.
   *
   * @param cookie name of the cookie
   * @param change what was lost, for example the attribute's name
   */
  record ChangeLost(String cookie, String change) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String message() {
      return "the session was changed after the response was committed, so the change is lost: "
          + PrintableName.of(change);
    }

    @Override
    public Map<String, String> details() {
      return pairs("change", change);
    }
  }

  /**
   * A value was changed in place to one that the session cannot carry: the change is lost, and with
   * it every other one that was not saved before.
   *
   * @param cookie name of the cookie
   * @param reason which attribute, what is wrong with it, and what to do
   */
  record ChangeRefused(String cookie, String reason) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String message() {
      return "a value of the session was changed in place to one that it cannot carry, so the change is lost: "
          + reason;
    }
  }

  /**
   * An attribute lives in its request only, because a rule says so. Reported once per name.
   *
   * @param cookie name of the cookie that it is not in
   * @param attribute the attribute's name
   * @param type the type of its value
   */
  record AttributeNotCarried(String cookie, String attribute, String type) implements SessionEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String message() {
      return "attribute %s, a %s, lives in its request only"
          .formatted(PrintableName.of(attribute), type);
    }

    @Override
    public String topic() {
      return attribute;
    }

    @Override
    public Map<String, String> details() {
      return pairs("attribute", attribute, "type", type);
    }
  }

  /**
   * Revocation in memory is full: entries that have not expired had to make room, and all sessions
   * that were created up to a date have ended, whoever they belong to.
   *
   * @param cookie name of the cookie
   * @param limit most entries
   * @param endedUpTo the date
   */
  record RevocationFull(String cookie, int limit, Instant endedUpTo) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String message() {
      return "revocation has reached its limit of %s entries: all sessions created up to %s have ended; raise the limit"
          .formatted(limit, endedUpTo);
    }

    @Override
    public Map<String, String> details() {
      return pairs("limit", limit, "ended", endedUpTo);
    }
  }

  /**
   * The clock is more than a second behind a time that was already in use: it was set back, or the
   * clock of another node is ahead. Until it has passed that time, who was revoked cannot log in,
   * and a revocation may miss sessions that were created later than a second from now.
   *
   * @param cookie name of the cookie
   */
  record ClockBehind(String cookie) implements SessionEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String message() {
      return "the clock is more than 1 s behind the time of a revocation or login: who was revoked cannot log in until it has passed that time; check the clocks";
    }
  }

  /**
   * Something about how sessions are set up that is probably not meant. Each once.
   *
   * @param cookie name of the cookie
   * @param message what it is, and what to do
   */
  record SetupQuestionable(String cookie, String message) implements SessionEvent {
    @Override
    public Level level() {
      return Level.WARNING;
    }

    @Override
    public String topic() {
      return message;
    }
  }

  /** Names, each before its value; what is null is left out. */
  private static Map<String, String> pairs(@Nullable Object... namesAndValues) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        pairs.put((String) namesAndValues[i], PrintableName.of(value.toString()));
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static String withKey(@Nullable String keyId) {
    return keyId == null ? "" : ", key " + keyId;
  }
}
