package dev.madeleine;

import dev.madeleine.Decoded.Reason;
import dev.madeleine.Decoded.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
  private final SessionState state;
  private @Nullable CookieOptions cookie;

  Session(Sessions sessions, SessionState state) {
    this.sessions = sessions;
    this.state = state;
  }

  /** The value of an attribute, or null. */
  public synchronized @Nullable Object get(String name) {
    return state.attributes().get(Objects.requireNonNull(name, "name"));
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
    state.attributes().put(Objects.requireNonNull(name, "name"), value);
  }

  /** Sets a declared attribute; null removes it. */
  public <T> void put(Attribute<T> attribute, @Nullable T value) {
    put(attribute.name(), value);
  }

  /** Removes an attribute, if it is there. */
  public synchronized void remove(String name) {
    state.attributes().put(Objects.requireNonNull(name, "name"), null);
  }

  /** Removes all attributes. Id, times and login stay; {@link #end} ends the session. */
  public synchronized void clear() {
    state.attributes().clear();
  }

  /** The names of all attributes, a copy in the order in which they were put. */
  public synchronized Set<String> names() {
    return state.attributes().names();
  }

  /** The values of this type, in the order in which they were put. */
  public synchronized <T> List<T> values(Class<T> type) {
    return state.attributes().values(type);
  }

  /** Whether this session has no attributes. */
  public synchronized boolean isEmpty() {
    return state.attributes().isEmpty();
  }

  /** Whether this session did not come with the request. True until the request ends. */
  public synchronized boolean isNew() {
    return state.isNew();
  }

  /**
   * Whether this session differs from the one that came: compared as encoded, so a change in place
   * counts, and a change that was taken back does not.
   *
   * @throws IllegalArgumentException if a value was changed in place to one that cannot be carried
   */
  public synchronized boolean isChanged() {
    return state.isChanged();
  }

  /** Whether {@link #end} was called. */
  public synchronized boolean isEnded() {
    return state.isEnded();
  }

  /** Whether anything was asked of this session, so that the response depends on the cookie. */
  public synchronized boolean isAsked() {
    return state.isAsked();
  }

  /** The id, 32 hex digits of 128 random bits. It is no credential. */
  public synchronized String id() {
    return Objects.requireNonNull(state.metadata().id());
  }

  /**
   * The id of the session that the request asked for: null when no cookie came, the sealed id when
   * its seal was good, even if it has expired, and {@code rejected} otherwise. Never the cookie
   * itself.
   */
  public synchronized @Nullable String requestedId() {
    return state.origin().requestedId();
  }

  /**
   * Why the cookie of this request was not accepted, or null if it was or none came: to tell a user
   * that the session has expired, for example. Not to be shown in detail: it would help a forger.
   */
  public synchronized @Nullable Reason rejection() {
    Rejected rejection = state.origin().rejection();
    return rejection == null ? null : rejection.reason();
  }

  /** When the session began or its user last logged in, in whole seconds. */
  public synchronized Instant created() {
    return Objects.requireNonNull(state.metadata().created());
  }

  /** When the session was last used before this request, give or take one touch interval. */
  public synchronized Instant lastAccessed() {
    return Objects.requireNonNull(state.metadata().refreshed());
  }

  /** How long the session lives without use; zero for as long as the absolute timeout lets it. */
  public synchronized Duration maxIdle() {
    return Objects.requireNonNull(state.metadata().maxIdle());
  }

  /**
   * Gives this session an idle timeout of its own, sealed with it.
   *
   * @param timeout whole seconds, up to 194 days; zero for none
   */
  public synchronized void maxIdle(Duration timeout) {
    state.change(
        state
            .metadata()
            .withMaxIdle(SessionPolicy.checked("idle timeout", timeout, Duration.ZERO)));
  }

  /**
   * Lets this session outlive the browser's: the cookie gets a Max-Age of this time whenever it is
   * written, and the session this idle timeout. Zero takes it back.
   *
   * @throws IllegalArgumentException if that is longer than {@link SessionPolicy#allowRemember}
   */
  public synchronized void remember(Duration time) {
    state.attributes();
    maxIdle(sessions.policy().checkedRemember(time));
    state.change(state.metadata().withRemembered(!time.isZero()));
  }

  /** Gives this session a new id; attributes and times stay. Returns the new id. */
  public synchronized String renewId() {
    state.attributes();
    String id = sessions.newId();
    state.change(state.metadata().withId(id));
    return id;
  }

  /** {@code login(subject, 0)}. */
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
    Instant created = state.createdNow(renewId(), subject);
    state.change(state.metadata().withSubject(subject).withTimes(created, created));
  }

  /**
   * Ends this session: the response expires the cookie, and {@link Revocation} learns of it.
   * Nothing can be put into it any more; {@link Sessions#successor} begins another.
   */
  public synchronized void end() {
    state.end();
  }

  /** Keeps this session although it is empty: a new one that stays empty would send nothing. */
  public synchronized void keep() {
    state.keep();
  }

  /**
   * Whether this session has changed since {@link Sessions#save} last looked at it. If the headers
   * have gone meanwhile, that change is lost.
   */
  public synchronized boolean isUnsaved() {
    return state.isUnsaved();
  }

  /**
   * Changes the cookie's attributes for this response, for example its SameSite.
   *
   * @throws IllegalArgumentException if name, path or domain would change: that is another cookie
   * @throws IllegalStateException if the session travels in a header
   */
  public synchronized void cookie(UnaryOperator<CookieOptions> change) {
    state.attributes();
    CookieOptions present = cookie == null ? sessions.carrier().options() : cookie;
    cookie = change.apply(present).requireSameCookie(present);
  }

  /** The options for this response, or null for the carrier's own. */
  @Nullable CookieOptions cookieOptions() {
    return cookie;
  }

  SessionState state() {
    return state;
  }

  /** Whether it is new, ended, or how many attributes it has; no id and no values. */
  @Override
  public synchronized String toString() {
    return state.toString();
  }
}
