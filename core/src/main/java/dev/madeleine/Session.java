package dev.madeleine;

import dev.madeleine.Decoded.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds during one request: named attributes, an id, times.
 *
 * <p>There is always one; {@link #isNew} tells whether the request brought it. The cookie is
 * verified and parsed when the session is first asked for anything. A value is returned as the same
 * object throughout the request; changing it in place counts as a change. A session belongs to one
 * request and may be used by several threads of it.
 */
public final class Session {
  private final SessionExchange exchange; // Also the lock of everything here.
  private final AttributeMap attributes;
  private SessionSnapshot first = SessionSnapshot.EMPTY;

  /** Id, times, subject and keys; the attributes of this picture are those that were received. */
  private SessionSnapshot metadata = SessionSnapshot.EMPTY;

  private boolean isNew;
  private boolean kept;
  private boolean invalidated;

  Session(SessionExchange exchange, AttributeMap attributes) {
    this.exchange = exchange;
    this.attributes = attributes;
  }

  /** Lets this session be what a request brought, or a new one. */
  void begin(SessionSnapshot complete, boolean asNew) {
    first = complete;
    metadata = complete;
    isNew = asNew;
    attributes.begin(complete);
  }

  /** The value of an attribute, or null. */
  public @Nullable Object get(String name) {
    Objects.requireNonNull(name, "name");
    synchronized (exchange) {
      Object value = live().get(name);
      if (value == null) {
        exchange.reportUnreadable();
      }
      return value;
    }
  }

  /**
   * The value of an attribute, or the fallback when there is none. A number that was put, or that
   * another system wrote, as one class is returned as one of the fallback's class where nothing is
   * lost: 2 as 2L or 2.0, and 2.0 as 2, but not 2.5 as 2.
   *
   * <p>A value of another kind is never replaced by the fallback: only somebody with a key can have
   * written it, so it is a mistake to be found, and writing over it would hide that. Where a system
   * that shares the session may write what it likes, declare the attribute at the builder: what
   * does not fit its declaration is unreadable, which an event reports, and the fallback holds.
   *
   * @param fallback may be null
   * @throws ClassCastException if the value is of another kind, or a number that would lose
   *     something; the message names both types and what to do
   */
  public <T extends @Nullable Object> T get(String name, T fallback) {
    return Attribute.like(name, get(name), fallback);
  }

  /**
   * The value of a declared attribute, or null if there is none or it does not fit the declaration
   * of the builder. A number is returned as the declared class where nothing is lost.
   *
   * @throws ClassCastException if the value is of another type, which takes an attribute that the
   *     builder does not know; the message says what to do
   */
  public <T> @Nullable T get(Attribute<T> attribute) {
    return attribute.cast(get(attribute.name()));
  }

  /**
   * Sets an attribute; null removes it.
   *
   * @throws IllegalArgumentException if the value would not come back equal from the cookie; the
   *     message says what to do
   */
  public void put(String name, @Nullable Object value) {
    Objects.requireNonNull(name, "name");
    synchronized (exchange) {
      live().put(name, value);
      exchange.changed();
    }
  }

  /** Sets a declared attribute; null removes it. */
  public <T> void put(Attribute<T> attribute, @Nullable T value) {
    put(attribute.name(), value);
  }

  /** Removes an attribute, if it is there. */
  public void remove(String name) {
    put(name, null);
  }

  /** Removes all attributes. Id, times and login stay; {@link #invalidate} ends the session. */
  public void clear() {
    synchronized (exchange) {
      live().clear();
      exchange.changed();
    }
  }

  /** The names of all attributes, a copy in the order in which they were put. */
  public Set<String> names() {
    synchronized (exchange) {
      Set<String> names = live().names();
      exchange.reportUnreadable();
      return names;
    }
  }

  /**
   * The names of attributes that travel along though nobody here can read them, a copy. Of declared
   * ones, those that have been asked for.
   */
  public Set<String> unreadable() {
    synchronized (exchange) {
      return live().unreadable();
    }
  }

  /** The values of this type, in the order in which they were put. */
  public <T> List<T> values(Class<T> type) {
    synchronized (exchange) {
      List<T> values = live().values(type);
      exchange.reportUnreadable();
      return values;
    }
  }

  /**
   * The attributes as a map, for adapters: a live view that reads and writes this session, with the
   * same exceptions. Its iterators go over the names at the moment they were made.
   */
  public Map<String, Object> asMap() {
    return new SessionMap(this);
  }

  /** Whether this session has no attributes. */
  public boolean isEmpty() {
    return names().isEmpty();
  }

  /** Whether this session did not come with the request. True until the request ends. */
  public boolean isNew() {
    synchronized (exchange) {
      exchange.load();
      return isNew;
    }
  }

  /**
   * Whether this session differs from the one that was received: compared as encoded, so a change
   * in place counts, and a change that was taken back does not.
   *
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried
   */
  public boolean isChanged() {
    try {
      return noteChanges();
    } catch (ConcurrentModificationException e) {
      return true; // Another thread is changing it.
    }
  }

  /**
   * Whether this session has changed, as {@link #isChanged}; notes its attributes as they are now.
   *
   * @throws ConcurrentModificationException if another thread changes one meanwhile
   */
  boolean noteChanges() {
    synchronized (exchange) {
      boolean changed = live().isChanged();
      return changed || !metadata.hasMetadataOf(first);
    }
  }

  /** Whether {@link #invalidate} was called. */
  public boolean isInvalidated() {
    synchronized (exchange) {
      return invalidated;
    }
  }

  /** The id, 32 hex digits of 128 random bits. It is no credential. */
  public String id() {
    return Objects.requireNonNull(metadata().id());
  }

  /**
   * The id of the session that the request asked for: sealed in its cookie, also when the session
   * has expired or was revoked; null when there was no cookie, or it was rejected for another
   * reason. Never the cookie itself.
   */
  public @Nullable String requestedId() {
    return exchange.received().requestedId();
  }

  /**
   * Why the cookie of this request was not accepted, or null if it was or there was none: to tell a
   * user that the session has expired, for example. Not to be shown in detail: it would help a
   * forger.
   */
  public @Nullable RejectionReason rejection() {
    Rejected rejection = exchange.received().rejection();
    return rejection == null ? null : rejection.reason();
  }

  /**
   * When the session began or its user last logged in, to the millisecond. It can be up to a second
   * later than the clock, if similar sessions have just been revoked.
   */
  public Instant created() {
    return Objects.requireNonNull(metadata().created());
  }

  /** When the session was last used before this request, give or take one touch interval. */
  public Instant lastAccessed() {
    return Objects.requireNonNull(metadata().refreshed());
  }

  /**
   * When this session ends unless it is used again: by its idle or its absolute timeout, whichever
   * is earlier. It is accepted until then and not from then on; a change in this request puts the
   * idle timeout off by up to one touch interval. Together with {@link SessionExchange#skipRenewal}
   * this tells a user how much time is left without giving them more.
   */
  public Instant expiresAt() {
    synchronized (exchange) {
      return exchange.end(metadata(), isNew);
    }
  }

  /** How long the session lives without use; zero for as long as the absolute timeout lets it. */
  public Duration maxIdle() {
    return Objects.requireNonNull(metadata().maxIdle());
  }

  /**
   * Gives this session an idle timeout of its own, sealed with it.
   *
   * @param timeout whole seconds, up to 400 days; zero for none
   */
  public void setMaxIdle(Duration timeout) {
    SessionPolicy.checked("idle timeout", timeout, Duration.ZERO);
    change(present -> present.withMaxIdle(timeout));
  }

  /**
   * Lets this session outlive the browser's: the cookie gets a Max-Age of this time whenever it is
   * written, and the session this idle timeout. Zero takes it back.
   *
   * @throws IllegalArgumentException if that is longer than {@link SessionPolicy#withRememberUpTo}
   */
  public void remember(Duration time) {
    Duration idle = exchange.policy().checkedRemember(time);
    change(present -> present.withMaxIdle(idle).withRemembered(!time.isZero()));
  }

  /** Whether this session was told to outlive the browser's, by {@link #remember} or the policy. */
  public boolean isRemembered() {
    return metadata().remembered();
  }

  /** Gives this session a new id; attributes and times stay. Returns the new id. */
  public String changeId() {
    synchronized (exchange) {
      live();
      SessionId id = exchange.newId();
      change(present -> present.withSessionId(id));
      return id.text();
    }
  }

  /** {@code login(subject, 0)}. */
  public void login(String subjectName) {
    login(subjectName, 0);
  }

  /** {@code login(subject, generation)} without keys. */
  public void login(String subjectName, int generation) {
    login(subjectName, generation, new String[0]);
  }

  /**
   * Marks the moment when a user proved who they are: a new id and a new created time, against
   * session fixation, and the subject and keys by which the session can be revoked. They replace
   * those of a login before. Attributes stay; {@link #clear} before it removes what the visitor
   * collected as somebody unknown.
   *
   * @param subjectName what names the user for good; sealed as a hash
   * @param generation see {@link Subject#generation()}
   * @param keys up to {@value ApplicationKey#MOST} words of the application by which the session
   *     can be ended too, for example the {@code sid} of an identity provider; sealed as hashes.
   *     See {@link ApplicationKey#of} and {@link Revocation#revokeKey}
   * @throws IllegalArgumentException if there are more keys; nothing has changed then
   */
  public void login(String subjectName, int generation, String... keys) {
    Subject subject = Subject.of(subjectName, generation);
    List<ApplicationKey> applicationKeys = Arrays.stream(keys).map(ApplicationKey::of).toList();
    change(
        present -> {
          SessionSnapshot owned = present.withSubject(subject).withKeys(applicationKeys);
          Instant created = exchange.createdNow(subject, owned.keys());
          return owned.withSessionId(exchange.newId()).withTimes(created, created);
        });
  }

  private void change(UnaryOperator<SessionSnapshot> change) {
    synchronized (exchange) {
      live();
      metadata = change.apply(metadata);
      exchange.changed();
    }
  }

  /**
   * Ends this session: the response expires the cookie, and {@link Revocation} learns of it.
   * Nothing can be put into it any more; {@link SessionExchange#successor} begins another.
   */
  public void invalidate() {
    synchronized (exchange) {
      live();
      invalidated = true;
      exchange.changed();
      exchange.revoke(metadata);
    }
  }

  /**
   * Keeps this session although it is empty. Without this, a new session that stays empty sends
   * nothing.
   */
  public void keep() {
    synchronized (exchange) {
      live();
      kept = true;
      exchange.changed();
    }
  }

  /**
   * Changes the cookie's attributes for this response, for example its SameSite.
   *
   * @throws IllegalArgumentException if name, path, domain or Partitioned would change: that is
   *     another cookie
   * @throws IllegalStateException if the session travels in a header
   */
  public void changeCookie(UnaryOperator<CookieOptions> change) {
    synchronized (exchange) {
      live();
      exchange.changeCookie(change);
    }
  }

  /** The request and response that this session belongs to, and its successor if it ends. */
  public SessionExchange exchange() {
    return exchange;
  }

  /** Id, times, subject and keys as they are now, if it is loaded. */
  SessionSnapshot present() {
    return metadata;
  }

  boolean isKept() {
    return kept;
  }

  private SessionSnapshot metadata() {
    synchronized (exchange) {
      exchange.load();
      return metadata;
    }
  }

  /** The attributes of a session that was not invalidated. */
  private AttributeMap live() {
    exchange.load();
    if (invalidated) {
      throw new IllegalStateException(
          "the session was invalidated; session.exchange().successor() begins another");
    }
    return attributes;
  }

  AttributeMap attributes() {
    return attributes;
  }

  /** Whether there is anything to keep: attributes, a login, or the wish to be kept. */
  boolean hasContent() {
    return kept || metadata.subject() != null || !attributes.isEmpty();
  }

  /** The session as it is to be sealed now. */
  SessionSnapshot snapshot(Instant now) {
    Instant created = Objects.requireNonNull(metadata.created());
    return metadata
        .withFreshAttributes(attributes.present(), attributes.serializer(), attributes.encoded())
        .withTimes(created, now.isBefore(created) ? created : now);
  }

  /** Whether it was invalidated, or how many attributes it has; no id and no values. */
  @Override
  public String toString() {
    synchronized (exchange) {
      if (!exchange.isLoaded()) {
        return "Session[not asked for]";
      }
      return invalidated
          ? "Session[invalidated]"
          : "Session[%s attributes]".formatted(attributes.names().size());
    }
  }
}
