package dev.madeleine.servlet;

import dev.madeleine.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Puts together a {@link SessionFilter}. */
public final class SessionFilterBuilder {
  /** What becomes of an attribute. */
  public enum Verdict {
    /** It travels in the cookie, or is refused if it cannot. The default. */
    CARRY,
    /** It lives in this request only, with its listener callbacks, and is reported once. */
    REQUEST_ONLY,
    /** {@code setAttribute} throws an IllegalArgumentException. */
    REFUSE
  }

  private final Sessions sessions;
  private final Listeners listeners = new Listeners();
  private final Map<String, Verdict> names = new LinkedHashMap<>();
  private final Map<Class<?>, Verdict> types = new LinkedHashMap<>();
  private final List<Predicate<? super HttpServletRequest>> withoutRenewal = new ArrayList<>();
  private boolean keepEmpty;
  private boolean throwWhenLate;

  SessionFilterBuilder(Sessions sessions) {
    this.sessions = Objects.requireNonNull(sessions, "sessions");
  }

  /**
   * Says what becomes of an attribute, whatever its type.
   *
   * @param name the attribute's name, or the beginning of names followed by {@code *}
   * @throws IllegalArgumentException if another verdict stands for this name
   */
  public SessionFilterBuilder attribute(String name, Verdict verdict) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(verdict, "verdict");
    Verdict former = names.put(name, verdict);
    if (former != null && former != verdict) {
      throw new IllegalArgumentException(
          "attribute \"%s\" is to be both %s and %s".formatted(name, former, verdict));
    }
    return this;
  }

  /**
   * Says what becomes of the values of a type and its subtypes; a rule for the name goes first,
   * then the rules for types in the order in which they were made.
   *
   * @throws IllegalArgumentException if another verdict stands for this type
   */
  public SessionFilterBuilder type(Class<?> type, Verdict verdict) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(verdict, "verdict");
    Verdict former = types.put(type, verdict);
    if (former != null && former != verdict) {
      throw new IllegalArgumentException(
          "type %s is to be both %s and %s".formatted(type.getTypeName(), former, verdict));
    }
    return this;
  }

  /**
   * Adds a listener: HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener, or
   * several of them in one. Those that are registered with the container are not notified of our
   * sessions.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public SessionFilterBuilder listener(EventListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Gives a session without attributes a cookie too, so that {@code getSession()} alone begins one
   * that lasts. Without this, a new session that stays empty sends nothing, and its id lasts for a
   * request.
   */
  public SessionFilterBuilder keepEmptySessions() {
    keepEmpty = true;
    return this;
  }

  /**
   * Lets a change after the commit throw an IllegalStateException, besides the event. For tests: an
   * application that ran before gets a 500 for it.
   */
  public SessionFilterBuilder throwWhenLate() {
    throwWhenLate = true;
    return this;
  }

  /**
   * Requests that do not renew the session: their use of it does not put off its idle timeout. For
   * what a page asks for by itself, such as polling. They read and change the session as all
   * others, and a change renews it.
   *
   * @param condition asked when the session is first used; with several, one suffices
   */
  public SessionFilterBuilder withoutRenewal(Predicate<? super HttpServletRequest> condition) {
    withoutRenewal.add(Objects.requireNonNull(condition, "condition"));
    return this;
  }

  /** The finished filter. */
  public SessionFilter build() {
    return new SessionFilter(settings());
  }

  FilterSettings settings() {
    return new FilterSettings(
        sessions,
        new AttributeRules(names, types),
        listeners.copy(),
        new SetupChecks(),
        keepEmpty,
        throwWhenLate,
        List.copyOf(withoutRenewal));
  }
}
