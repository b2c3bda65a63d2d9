package dev.madeleine.spring.reactive;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionExchange;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * The session of one request to a WebFlux application. The cookie is verified when the session is
 * first asked for something, and written before the response is committed; what changes later is
 * lost, and reported as {@link SessionEvent.ChangeLost}.
 *
 * <p>An attribute that cannot be carried, or makes the session too large, is refused with {@link
 * IllegalArgumentException} when it is put, and the former value stays. A value changed in place to
 * such a one fails the response.
 *
 * <p>After {@link #invalidate} nothing of the session is left, and nothing that is put is kept, as
 * in other web sessions.
 */
public final class CookieWebSession implements WebSession {
  private static final String ATTRIBUTE = CookieWebSession.class.getName();
  private static final String VARY = "Vary";
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final Duration NEVER = Duration.ofSeconds(-1);

  private final Sessions sessions;
  private final ServerHttpResponse response;
  private final List<WebSessionListener> listeners;
  private final SessionExchange exchange; // Also the lock of everything here.
  private final WebSessionAttributes attributes = new WebSessionAttributes(this);
  private boolean started;
  private boolean sent;

  CookieWebSession(Sessions sessions, ServerWebExchange web, List<WebSessionListener> listeners) {
    this.sessions = sessions;
    this.listeners = listeners;
    response = web.getResponse();
    ServerHttpRequest request = web.getRequest();
    exchange =
        sessions.exchange(
            name -> requestLines(request, name), name -> lines(response.getHeaders(), name));
  }

  /**
   * The session of an exchange, when something in front of the application has put another object
   * around it: Spring Security does so for logins at a provider.
   *
   * @return it, or an {@link IllegalStateException} if sessions are not in a cookie
   */
  public static Mono<CookieWebSession> of(ServerWebExchange web) {
    return web.getSession()
        .map(
            around -> {
              CookieWebSession session = attachedTo(web);
              if (session != null) {
                return session;
              }
              throw new IllegalStateException(
                  "this session is a %s; use CookieWebSessionManager as the bean webSessionManager"
                      .formatted(around.getClass().getName()));
            });
  }

  /** The session of an exchange, or null if it was not asked for. */
  static @Nullable CookieWebSession attachedTo(ServerWebExchange web) {
    return web.getAttribute(ATTRIBUTE);
  }

  /** Remembers this session for {@link #of}. */
  void attachTo(ServerWebExchange web) {
    web.getAttributes().put(ATTRIBUTE, this);
  }

  /** The lines of a header; HTTP/2 has the host elsewhere. */
  private static List<String> requestLines(ServerHttpRequest request, String name) {
    List<String> lines = lines(request.getHeaders(), name);
    String host = request.getURI().getHost();
    return lines.isEmpty() && host != null && name.equals("Host") ? List.of(host) : lines;
  }

  /** Found by hand, as the methods that look up a name differ between generations of Spring. */
  private static List<String> lines(HttpHeaders headers, String name) {
    for (Map.Entry<String, List<String>> header : headers.headerSet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return List.of();
  }

  /**
   * The session of the request as the core has it, for what {@link WebSession} has no words for; a
   * logout begins another one.
   */
  public Session session() {
    return exchange.session();
  }

  /**
   * Marks the moment when a user proved who they are, see {@link Session#login(String, int,
   * String...)}: a new id, and the subject and keys by which the session can be revoked.
   *
   * @throws IllegalArgumentException if there are too many keys, or the session becomes too large
   */
  public void login(String subject, String... keys) {
    change("login", () -> session().login(subject, 0, keys), () -> {});
  }

  /**
   * Ends the login and revokes its cookies; the attributes that are left go on in a session of
   * nobody with another id and the same idle timeout. Those that nobody here can read do not.
   */
  public void logout() {
    synchronized (exchange) {
      Session ended = session();
      Map<String, Object> left = new LinkedHashMap<>(ended.asMap());
      Duration idle = ended.maxIdle();
      change(
          "logout",
          () -> {
            ended.invalidate();
            Session next = exchange.successor();
            next.setMaxIdle(idle);
            left.forEach(next::put);
          },
          () -> {});
    }
  }

  @Override
  public String getId() {
    return session().id();
  }

  /** The attributes, a live view: what is put there is checked at once. */
  @Override
  public Map<String, Object> getAttributes() {
    return attributes;
  }

  /** Keeps the session although it may be empty. */
  @Override
  public void start() {
    synchronized (exchange) {
      if (!isExpired()) {
        started = true;
        change("start of the session", () -> session().keep(), () -> {});
      }
    }
  }

  @Override
  public boolean isStarted() {
    synchronized (exchange) {
      return !isExpired() && (started || !session().isNew() || !session().isEmpty());
    }
  }

  @Override
  public Mono<Void> changeSessionId() {
    return Mono.fromRunnable(
        () -> {
          synchronized (exchange) {
            if (!isExpired()) {
              change("new session id", () -> session().changeId(), () -> {});
            }
          }
        });
  }

  @Override
  public Mono<Void> invalidate() {
    return Mono.fromRunnable(
        () -> {
          synchronized (exchange) {
            if (!isExpired()) {
              change("end of the session", () -> session().invalidate(), () -> {});
            }
          }
        });
  }

  /** Nothing: the session is saved before the response is committed. */
  @Override
  public Mono<Void> save() {
    return Mono.empty();
  }

  /** Whether this session was invalidated; one that expired before is never given to a request. */
  @Override
  public boolean isExpired() {
    return session().isInvalidated();
  }

  @Override
  public Instant getCreationTime() {
    return session().created();
  }

  /** The previous use of this session, give or take one touch interval. */
  @Override
  public Instant getLastAccessTime() {
    return session().lastAccessed();
  }

  /**
   * Gives this session an idle timeout of its own; negative for none. It is rounded up to whole
   * seconds, at least one, and cut at 400 days.
   */
  @Override
  public void setMaxIdleTime(Duration time) {
    synchronized (exchange) {
      if (!isExpired()) {
        Duration before = session().maxIdle();
        Duration after = time.isNegative() ? Duration.ZERO : wholeSeconds(time);
        change(
            "max idle time", () -> session().setMaxIdle(after), () -> session().setMaxIdle(before));
      }
    }
  }

  private static Duration wholeSeconds(Duration time) {
    if (time.compareTo(SessionPolicy.LONGEST) > 0) {
      return SessionPolicy.LONGEST;
    }
    long seconds = time.getSeconds() + (time.getNano() == 0 ? 0 : 1);
    return Duration.ofSeconds(Math.max(seconds, 1));
  }

  @Override
  public Duration getMaxIdleTime() {
    Duration idle = session().maxIdle();
    return idle.isZero() ? NEVER : idle;
  }

  /**
   * Carries out a change of the session. What cannot be written is not changed.
   *
   * @param what the change, for the event when it is too late
   */
  void change(String what, Runnable change, Runnable undo) {
    synchronized (exchange) {
      change.run();
      try {
        exchange.headers();
      } catch (IllegalArgumentException e) {
        undo.run();
        throw e;
      }
      if (sent || response.isCommitted()) {
        reportLost(what);
      }
    }
  }

  /** The end of the request: reports what was changed in place after the headers went. */
  void end() {
    synchronized (exchange) {
      if (sent && isUnsaved()) {
        reportLost("a value changed in place");
      }
    }
  }

  private boolean isUnsaved() {
    try {
      return exchange.hasUnsavedChanges();
    } catch (IllegalArgumentException e) {
      return true; // It was changed in place to what cannot be carried.
    }
  }

  void reportLost(String what) {
    exchange.report(new SessionEvent.ChangeLost(sessions.transport().name(), what));
  }

  /** Tells the listeners of an attribute. */
  void changed(String name, @Nullable Object before, @Nullable Object value) {
    listeners.forEach(listener -> listener.changed(this, name, before, value));
  }

  /** The lock of the session. */
  Object lock() {
    return exchange;
  }

  /** Gives the response what the session needs; its headers go now. */
  void writeHeaders() {
    synchronized (exchange) {
      HttpHeaders headers = response.getHeaders();
      for (HttpHeader header : exchange.headers()) {
        switch (header.name()) {
          case CACHE_CONTROL -> headers.set(CACHE_CONTROL, header.value());
          case VARY -> addUnlessThere(headers, header.value());
          default -> headers.add(header.name(), header.value());
        }
      }
      sent = true;
    }
  }

  private static void addUnlessThere(HttpHeaders headers, String field) {
    List<String> fields = headers.getVary();
    if (fields.stream().noneMatch(there -> there.equals("*") || there.equalsIgnoreCase(field))) {
      headers.add(VARY, field);
    }
  }

  /** Whether it was invalidated, or how many attributes it has; no id and no values. */
  @Override
  public String toString() {
    return "CookieWebSession[" + session() + "]";
  }
}
