package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the application holds during one request: named attributes, an id, times.
 *
 * <p>There is always one; {@link #isNew} tells whether it came with the request. The cookie is
 * verified and parsed when the session is first asked for anything. A value is returned as the same
 * object throughout the request; changing it in place counts as a change. A session belongs to one
 * request and may be used by several threads of it.
 */
public final class Session {
  private final Sessions sessions;
  private final Function<String, ? extends @Nullable List<String>> headers;
  private final AttributeMap attributes;
  private @Nullable Origin origin;
  private SessionSnapshot metadata = SessionSnapshot.EMPTY;
  private boolean metadataChanged;
  private boolean ended;
  private @Nullable CookieOptions cookie;

  Session(Sessions sessions, Function<String, ? extends @Nullable List<String>> headers) {
    this.sessions = sessions;
    this.headers = headers;
    attributes = new AttributeMap(sessions.carrier().encoder().serializer());
  }

  /** A session that begins where another ended. */
  Session(Sessions sessions, Session predecessor) {
    this(sessions, predecessor.headers);
    origin = predecessor.origin().over();
    metadata = sessions.begin(null);
  }

  /** The value of an attribute, or null. */
  public synchronized @Nullable Object get(String name) {
    return live().get(Objects.requireNonNull(name, "name"));
  }

  /**
   * The value of an attribute, or the fallback when there is none.
   *
   * @throws ClassCastException if the value is not of the fallback's kind
   */
  public <T> T get(String name, T fallback) {
    return Attribute.like(name, get(name), fallback);
  }

  /** The value of a declared attribute, or null. */
  public <T> @Nullable T get(Attribute<T> attribute) {
    return attribute.cast(get(attribute.name()));
  }

  /**
   * Sets an attribute; null removes it.
   *
   * @throws IllegalArgumentException if the value would not come back equal from the cookie; the
   *     message says what to do
   */
  public synchronized void put(String name, @Nullable Object value) {
    live().put(Objects.requireNonNull(name, "name"), value);
  }

  /** Sets a declared attribute; null removes it. */
  public <T> void put(Attribute<T> attribute, @Nullable T value) {
    put(attribute.name(), value);
  }

  /** Removes an attribute, if it is there. */
  public synchronized void remove(String name) {
    live().put(Objects.requireNonNull(name, "name"), null);
  }

  /** Removes all attributes. Id, times and login stay; {@link #end} ends the session. */
  public synchronized void clear() {
    names().forEach(this::remove);
  }

  /** The names of all attributes, a copy in the order in which they were put. */
  public synchronized Set<String> names() {
    return live().names();
  }

  /** Whether this session has no attributes. */
  public synchronized boolean isEmpty() {
    return live().names().isEmpty();
  }

  /** Whether this session did not come with the request. True until the request ends. */
  public synchronized boolean isNew() {
    return origin().accepted() == null;
  }

  /**
   * Whether this session differs from the one that came: compared as encoded, so a change in place
   * counts, and a change that was taken back does not.
   *
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried
   */
  public synchronized boolean isChanged() {
    return live().isChanged() || metadataChanged;
  }

  /** Whether {@link #end} was called. */
  public synchronized boolean isEnded() {
    return ended;
  }

  /** Whether anything was asked of this session, so that the response depends on the cookie. */
  public synchronized boolean isAsked() {
    return origin != null;
  }

  /** The id, 32 hex digits of 128 random bits. It is no credential. */
  public synchronized String id() {
    origin();
    return Objects.requireNonNull(metadata.id());
  }

  /**
   * The id of the session that the request asked for: null when no cookie came, the sealed id when
   * its seal was good, even if it has expired, and {@code rejected} otherwise. Never the cookie
   * itself.
   */
  public synchronized @Nullable String requestedId() {
    return origin().requestedId();
  }

  /** When the session began or its user last logged in, in whole seconds. */
  public synchronized Instant created() {
    origin();
    return Objects.requireNonNull(metadata.created());
  }

  /** When the session was last used before this request, give or take one touch interval. */
  public synchronized Instant lastAccessed() {
    origin();
    return Objects.requireNonNull(metadata.refreshed());
  }

  /** How long the session lives without use; zero for as long as the absolute timeout lets it. */
  public synchronized Duration maxIdle() {
    origin();
    return Objects.requireNonNull(metadata.maxIdle());
  }

  /**
   * Gives this session an idle timeout of its own, sealed with it.
   *
   * @param timeout whole seconds, up to 194 days; zero for none
   */
  public synchronized void maxIdle(Duration timeout) {
    live();
    SessionPolicy.checked("idle timeout", timeout, Duration.ZERO);
    if (!timeout.equals(metadata.maxIdle())) {
      change(metadata.withMaxIdle(timeout));
    }
  }

  /**
   * Lets this session outlive the browser's: the cookie gets a Max-Age of this time whenever it is
   * written, and the session this idle timeout. Zero takes it back.
   *
   * @throws IllegalArgumentException if that is longer than {@link SessionPolicy#allowRemember}
   */
  public synchronized void remember(Duration time) {
    live();
    maxIdle(sessions.policy().checkedRemember(time));
    if (metadata.remembered() == time.isZero()) {
      change(metadata.withRemembered(!time.isZero()));
    }
  }

  /** Gives this session a new id; attributes and times stay. Returns the new id. */
  public synchronized String renewId() {
    live();
    String id = sessions.newId();
    change(metadata.withId(id));
    return id;
  }

  /** A login without generations: {@code login(subject, 0)}. */
  public void login(String subjectName) {
    login(subjectName, 0);
  }

  /**
   * Marks the moment when a user proved who he is: a new id and a new created time, against session
   * fixation, and the subject by which the session can be revoked. Attributes stay; {@link #clear}
   * before it drops what the visitor collected as somebody unknown.
   *
   * @param subjectName what names the user for good; sealed as a hash
   * @param generation see {@link Subject#generation()}
   */
  public synchronized void login(String subjectName, int generation) {
    Subject subject = Subject.of(subjectName, generation);
    Instant created = sessions.createdNow(renewId(), subject);
    change(metadata.withSubject(subject).withTimes(created, created));
  }

  /**
   * Ends this session: the response expires the cookie, and {@link Revocation} learns of it.
   * Nothing can be put into it any more; {@link Sessions#successor} begins another.
   */
  public synchronized void end() {
    live();
    ended = true;
    SessionSnapshot accepted = origin().accepted();
    if (accepted != null) {
      sessions.revoke(accepted);
    }
  }

  /**
   * Changes the cookie's attributes for this response, for example its SameSite.
   *
   * @throws IllegalArgumentException if name, path or domain would change: that is another cookie
   */
  public synchronized void cookie(UnaryOperator<CookieOptions> change) {
    live();
    cookie = change.apply(cookieOptions()).requireSameCookie(cookieOptions());
  }

  CookieOptions cookieOptions() {
    return cookie == null ? sessions.carrier().options() : cookie;
  }

  /** What came with the request; the first call verifies and parses the cookie. */
  Origin origin() {
    Origin known = origin;
    if (known == null) {
      known = sessions.read(headers);
      origin = known;
      metadata = sessions.begin(known.accepted());
      attributes.begin(metadata.attributes());
    }
    return known;
  }

  /** Whether there is anything to keep: attributes, or a login. */
  boolean hasContent() {
    return metadata.subject() != null || !isEmpty();
  }

  /** The session as it is to be sealed now. */
  SessionSnapshot snapshot(Instant now) {
    Instant refreshed = now.isBefore(created()) ? created() : now;
    return metadata.withAttributes(attributes.present()).withTimes(created(), refreshed);
  }

  private void change(SessionSnapshot changed) {
    metadata = changed;
    metadataChanged = true;
  }

  private AttributeMap live() {
    origin();
    if (ended) {
      throw new IllegalStateException("the session has ended; Sessions.successor begins another");
    }
    return attributes;
  }

  /** Whether it is new, ended, or how many attributes it has; no id and no values. */
  @Override
  public synchronized String toString() {
    if (origin == null) {
      return "Session[not asked for]";
    }
    return ended ? "Session[ended]" : "Session[%s attributes]".formatted(attributes.names().size());
  }
}
