package dev.madeleine.servlet;

import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session as {@code jakarta.servlet} describes it, over ours. Guarded by its exchange. */
class ServletSession implements HttpSession {
  private static final boolean HAS_ACCESSOR = hasAccessor();

  private final Exchange exchange;
  private final Session session;
  private final ServletContext context;

  /** Attributes that do not travel. */
  private Map<String, Object> requestOnly = Collections.emptyMap();

  private boolean passivated;

  ServletSession(Exchange exchange, Session session, ServletContext context) {
    this.exchange = exchange;
    this.session = session;
    this.context = context;
  }

  /** The session with everything that the container's servlet API has. */
  static ServletSession of(Exchange exchange, Session session, ServletContext context) {
    return HAS_ACCESSOR
        ? new AccessibleSession(exchange, session, context)
        : new ServletSession(exchange, session, context);
  }

  /** Whether this is Servlet 6.1 or later. */
  private static boolean hasAccessor() {
    try {
      Class.forName(
          HttpSession.class.getName() + "$Accessor", false, HttpSession.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Tells those who are to know that the session begins, or that its values are back. */
  void open(boolean begins) {
    if (begins) {
      listeners().created(this);
    } else if (exchange.settings().bringsOwnClasses()) {
      listeners().didActivate(this, session);
      exchange.handedOut();
    }
  }

  /**
   * The end of the request: what travels is notified, what does not is unbound. A request that ends
   * in an error page comes here twice.
   */
  void close() {
    if (session.isInvalidated()) {
      return;
    }
    if (!passivated && exchange.mayChangeInPlace()) {
      passivated = true;
      listeners().willPassivate(this, session);
    }
    Map<String, Object> gone = requestOnly;
    requestOnly = Collections.emptyMap();
    gone.forEach((name, value) -> listeners().unbound(this, name, value));
  }

  @Override
  public String getId() {
    return session.id();
  }

  @Override
  public long getCreationTime() {
    return live().created().toEpochMilli();
  }

  /** The previous use of this session, give or take one touch interval. */
  @Override
  public long getLastAccessedTime() {
    return live().lastAccessed().toEpochMilli();
  }

  @Override
  public boolean isNew() {
    return live().isNew();
  }

  @Override
  public ServletContext getServletContext() {
    return context;
  }

  /** Seconds; 0 or less for never. More than a token can hold, 400 days, is taken as 400 days. */
  @Override
  public void setMaxInactiveInterval(int seconds) {
    synchronized (exchange) {
      Duration before = session.maxIdle();
      Duration after =
          Duration.ofSeconds(Math.min(Math.max(seconds, 0), SessionPolicy.LONGEST.toSeconds()));
      if (!session.isInvalidated()) {
        exchange.change(
            "max inactive interval",
            () -> session.setMaxIdle(after),
            () -> session.setMaxIdle(before));
      }
    }
  }

  @Override
  public int getMaxInactiveInterval() {
    return (int) session.maxIdle().toSeconds();
  }

  @Override
  public @Nullable Object getAttribute(@Nullable String name) {
    if (name == null) {
      live();
      return null;
    }
    synchronized (exchange) {
      Object value = live().get(name);
      exchange.handedOut();
      return value == null ? requestOnly.get(name) : value;
    }
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    synchronized (exchange) {
      Set<String> names = new LinkedHashSet<>(live().names());
      names.addAll(requestOnly.keySet());
      return Collections.enumeration(names);
    }
  }

  /**
   * Sets an attribute; null removes it.
   *
   * @throws IllegalArgumentException if the name is null, or the value would not come back equal
   *     from the cookie, or makes the session too large; the value before stays
   */
  @Override
  @SuppressWarnings("ReferenceEquality") // An object is bound, whatever it equals.
  public void setAttribute(@Nullable String name, @Nullable Object value) {
    if (name == null) {
      throw new IllegalArgumentException("the name of an attribute cannot be null");
    }
    synchronized (exchange) {
      Object before = getAttribute(name);
      if (value != null) {
        bind(name, before, value);
      } else {
        remove(name);
      }
      if (before != null && before != value) {
        listeners().unbound(this, name, before);
      }
      listeners().changed(this, name, before, value);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void bind(String name, @Nullable Object before, Object value) {
    boolean carried = exchange.settings().rules().isCarried(name, value);
    if (before != value && value instanceof HttpSessionBindingListener) {
      if (carried) {
        // Refused before anybody hears of it, as bound comes before visible.
        Object old = session.get(name);
        exchange.rehearse(() -> session.put(name, value), () -> session.put(name, old));
      }
      listeners().bound(this, name, value);
    }
    if (carried) {
      put(name, value);
      requestOnly.remove(name);
    } else {
      remove(name);
      requestOnly = requestOnly.isEmpty() ? new LinkedHashMap<>() : requestOnly;
      requestOnly.put(name, value);
      exchange.settings().rules().reportOnce(exchange, name, value);
    }
  }

  /** Takes an attribute out, also one that travels along though nobody here can read it. */
  private void remove(String name) {
    requestOnly.remove(name);
    Object carried = live().get(name);
    if (carried != null || session.unreadable().contains(name)) {
      exchange.change(
          "attribute " + name, () -> session.remove(name), () -> session.put(name, carried));
    }
  }

  private void put(String name, Object value) {
    Object before = session.get(name);
    exchange.change(
        "attribute " + name, () -> session.put(name, value), () -> session.put(name, before));
  }

  @Override
  public void removeAttribute(@Nullable String name) {
    if (name == null) {
      live();
      return;
    }
    setAttribute(name, null);
  }

  @Override
  public void invalidate() {
    synchronized (exchange) {
      live();
      listeners().destroyed(this);
      Map<String, Object> gone = new LinkedHashMap<>(requestOnly);
      for (String name : session.names()) {
        gone.put(name, session.get(name));
      }
      exchange.change("end of the session", session::invalidate, () -> {});
      requestOnly = Collections.emptyMap();
      gone.forEach((name, value) -> listeners().unbound(this, name, value));
      gone.forEach((name, value) -> listeners().changed(this, name, value, null));
    }
  }

  /** Gives the session a new id, unless another request has ended it: that would revive it. */
  String changeId() {
    if (exchange.isRevoked()) {
      throw new IllegalStateException("the session has been ended by another request");
    }
    return newId(session::changeId);
  }

  /** Gives the session a new id, created time, subject and keys. */
  String login(String subject, String... keys) {
    if (exchange.isCommitted()) {
      throw new IllegalStateException(
          "the response is committed, so the client would keep the session of before the login;"
              + " log in before the body is written");
    }
    return newId(() -> session.login(subject, 0, keys));
  }

  private String newId(Runnable change) {
    synchronized (exchange) {
      String old = live().id();
      exchange.change("new session id", change, () -> {});
      listeners().idChanged(this, old);
      return session.id();
    }
  }

  private Listeners listeners() {
    return exchange.settings().listeners();
  }

  /** Lets a thread use this session, as long as its request lasts. */
  final void access(Consumer<HttpSession> use) {
    synchronized (exchange) {
      live();
      if (exchange.hasEnded()) {
        throw new IllegalStateException(
            "the request of this session has ended, and its cookie cannot change any more;"
                + " a session in a cookie is accessible while its request lasts");
      }
      use.accept(this);
    }
  }

  private Session live() {
    if (session.isInvalidated()) {
      throw new IllegalStateException("the session has been invalidated");
    }
    return session;
  }
}
