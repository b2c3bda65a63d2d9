package dev.madeleine.testkit;

import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a browser or an API client would keep of the sessions of an application, for its tests: a
 * session to begin with, without a login form, and a look at what the last response left.
 *
 * <pre>{@code
 * SessionCookies cookies = new SessionCookies(sessions);
 * cookies.session(session -> session.login("zoe"));
 * request.setHeader("Cookie", cookies.header("Cookie"));
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class SessionCookies {
  private final Sessions sessions;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  /**
   * A client without cookies.
   *
   * @param sessions those of the application, with the keys that it has in the test
   */
  public SessionCookies(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Changes the session as a request of the application would, and keeps what it answers. */
  public SessionCookies session(Consumer<Session> change) {
    Session session = load();
    change.accept(session);
    sessions.save(session).forEach(header -> keep(header.name(), header.value()));
    return this;
  }

  /** The session as the next request would bring it. */
  public Session load() {
    return sessions.load(name -> header(name) == null ? null : List.of(header(name)));
  }

  /**
   * Keeps what a response said: stores and drops the cookies of {@code Set-Cookie} lines, whatever
   * their path, domain and age, and takes over other headers for the requests to come.
   *
   * @param name name of the header
   * @param value its value; empty or {@code Max-Age=0} drops what was kept
   */
  public void keep(String name, String value) {
    if (!name.equalsIgnoreCase("Set-Cookie")) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
      return;
    }
    String pair = value.split(";", 2)[0];
    int equals = pair.indexOf('=');
    String cookie = pair.substring(0, equals).strip();
    if (value.contains("; Max-Age=0")) {
      cookies.remove(cookie);
    } else {
      cookies.put(cookie, pair.substring(equals + 1).strip());
    }
  }

  /** The header that the next request sends, or null for none. */
  public @Nullable String header(String name) {
    if (!name.equalsIgnoreCase("Cookie")) {
      String value = headers.get(name.toLowerCase(Locale.ROOT));
      return value == null || value.isEmpty() ? null : value;
    }
    List<String> pairs = new ArrayList<>();
    cookies.forEach((cookie, value) -> pairs.add(cookie + "=" + value));
    return pairs.isEmpty() ? null : String.join("; ", pairs);
  }

  /** The cookies by name, a copy. */
  public Map<String, String> cookies() {
    return new LinkedHashMap<>(cookies);
  }

  /** The names of the cookies, no values. */
  @Override
  public String toString() {
    return "SessionCookies" + cookies.keySet();
  }
}
