package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import dev.madeleine.keys.ReloadingKeys;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application behind it a session that lives in a sealed cookie: {@code
 * request.getSession()} works as usual. See docs/servlet.md.
 *
 * <p>Register it before everything that uses the session, for the dispatcher types REQUEST, ASYNC
 * and ERROR, with async supported; in code with {@link #SessionFilter(Sessions)} or {@link
 * #builder}, or by init-params in web.xml. In a context other than the root the default cookie is
 * named {@code __Host-session-<context>}, so that two applications on one host do not disturb each
 * other.
 *
 * <p>The cookie is written at each change, not at the end, so a response that is committed early
 * does not lose it. A change after the commit is lost, and reported as {@link
 * dev.madeleine.SessionEvent.ChangeLost}.
 *
 * <p>What no filter can do: the container's own FORM login uses the container's session; listeners
 * that are registered with the container are not notified of our sessions (give them to the
 * builder); and nothing is reported when a session times out, because it is not on the server.
 */
public final class SessionFilter implements Filter {
  private @Nullable FilterSettings settings;
  private @Nullable ReloadingKeys keys;
  private String attribute = SessionFilter.class.getName();

  /** A filter that is configured by its init-params; see docs/servlet.md. */
  public SessionFilter() {}

  /** A filter for these sessions, with default settings. */
  public SessionFilter(Sessions sessions) {
    this(builder(sessions).settings());
  }

  SessionFilter(FilterSettings settings) {
    this.settings = settings;
  }

  /** A builder of a filter for these sessions. */
  public static SessionFilterBuilder builder(Sessions sessions) {
    return new SessionFilterBuilder(sessions);
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    ContainerSettings container = ContainerSettings.of(config.getServletContext());
    @Nullable List<String> differences = null;
    List<String> parameters = Collections.list(config.getInitParameterNames());
    FilterSettings chosen = settings;
    if (chosen == null) {
      InitParameters.Read read = InitParameters.read(config, container);
      chosen = read.settings();
      differences = read.differences();
      keys = read.keys();
    } else if (!parameters.isEmpty()) {
      throw new ServletException(
          "filter \"%s\" was built in code, its init-params are not read: %s"
              .formatted(config.getFilterName(), parameters));
    }
    String context = config.getServletContext().getContextPath();
    if (chosen.sessions().transport().name().equals(CookieOptions.DEFAULT_NAME)
        && !context.isEmpty()) {
      CookieOptions options = chosen.sessions().transport().options();
      if (options != null) {
        chosen = chosen.withCookie(options.withName(InitParameters.cookieName(context)));
      }
    }
    settings = chosen;
    chosen.sessions().announce(); // In its final cookie.
    ContainerSettings.report(
        chosen.sessions(),
        differences == null ? container.differences(chosen.sessions()) : differences);
    attribute = SessionFilter.class.getName() + ":" + chosen.sessions().transport().name();
  }

  /** Ends what {@code init} began: the thread that looks at a key file. */
  @Override
  public void destroy() {
    if (keys != null) {
      keys.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      chain.doFilter(request, response);
      return;
    }
    boolean within = false;
    Exchange exchange;
    if (request.getAttribute(attribute) instanceof Exchange known) {
      // A dispatch of a request that has its session already, perhaps within a pass that goes on.
      exchange = known;
      DispatcherType type = request.getDispatcherType();
      within = type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE;
      exchange.enter();
    } else {
      exchange = new Exchange(settings(), http, answer);
      request.setAttribute(attribute, exchange);
    }
    SessionResponse wrapped = new SessionResponse(answer, exchange);
    try {
      chain.doFilter(new SessionRequest(http, wrapped, exchange), wrapped);
    } finally {
      if (within) {
        exchange.update();
      } else {
        exchange.leave(request);
      }
    }
  }

  /**
   * Marks the moment when the user of this request proved who they are: the session gets a new id
   * and a new created time, against session fixation, and can be revoked by the subject and by each
   * key. Attributes stay. With a generation: {@code session(request).login(subject, generation)}.
   *
   * @param request the request that the application was given, or a wrapper of it
   * @param subject what names the user for good; sealed as a hash
   * @param keys up to 4 words of the application by which the session can be ended too; see {@link
   *     Session#login(String, int, String...)}
   * @return the new id
   * @throws IllegalArgumentException if there are more keys
   * @throws IllegalStateException if this filter has not seen the request, or the response is
   *     committed: the client would keep the session of before the login
   */
  public static String login(HttpServletRequest request, String subject, String... keys) {
    Objects.requireNonNull(request, "request");
    requireWords(subject, keys);
    return find(request).login(subject, keys);
  }

  /**
   * The session behind the {@code HttpSession} of this request: for what servlets have no word for,
   * such as {@link Session#remember}, {@link Session#rejection} or {@link Session#changeCookie}.
   * What is changed through it is written like a value that is changed in place: before a flush, a
   * redirect, or at the end.
   *
   * @throws IllegalStateException if this filter has not seen the request
   */
  public static Session session(HttpServletRequest request) {
    return find(Objects.requireNonNull(request, "request")).session();
  }

  /**
   * As {@link #login(HttpServletRequest, String, String...)}, for code that has the session only,
   * such as a listener.
   *
   * @param session a session of this filter, not a wrapper of it
   * @throws IllegalStateException if it is none, has ended, or its response is committed
   */
  public static String login(HttpSession session, String subject, String... keys) {
    Objects.requireNonNull(session, "session");
    requireWords(subject, keys);
    if (session instanceof ServletSession ours) {
      return ours.login(subject, keys);
    }
    throw new IllegalStateException(
        "the session is a %s, not one of this filter; give the filter's own session"
            .formatted(session.getClass().getName()));
  }

  private static void requireWords(String subject, String... keys) {
    Objects.requireNonNull(subject, "subject");
    for (String key : Objects.requireNonNull(keys, "keys")) {
      Objects.requireNonNull(key, "keys");
    }
  }

  private static SessionRequest find(HttpServletRequest request) {
    ServletRequest inner = request;
    while (!(inner instanceof SessionRequest ours)) {
      if (!(inner instanceof ServletRequestWrapper wrapper)) {
        throw new IllegalStateException(
            "no SessionFilter has seen this request; map it before the code that logs in");
      }
      inner = wrapper.getRequest();
    }
    return ours;
  }

  /** The sessions behind this filter, from {@code init} on in their final cookie. */
  public Sessions sessions() {
    return settings().sessions();
  }

  private FilterSettings settings() {
    return Objects.requireNonNull(settings, "the filter has not been initialized");
  }

  @Override
  public String toString() {
    return "SessionFilter[" + (settings == null ? "" : sessions().transport().name()) + "]";
  }
}
