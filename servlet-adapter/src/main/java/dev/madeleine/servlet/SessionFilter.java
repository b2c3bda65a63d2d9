package dev.madeleine.servlet;

import dev.madeleine.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Gives the application behind it a session that lives in the cookie of a {@link Sessions}: {@code
 * request.getSession()} works as usual.
 *
 * <p>Register it before everything that uses the session, for the dispatcher types REQUEST, ASYNC
 * and ERROR, with async supported. The cookie is written at each change, not at the end, so a
 * response that is committed early does not lose it.
 *
 * <p>What no filter can do: the container's own FORM login and the listeners registered with the
 * container use the container's session, and nothing is told when a session times out, because
 * nobody is there.
 */
public final class SessionFilter implements Filter {
  private final Sessions sessions;
  private final String attribute;

  /** A filter for the sessions of this cookie. */
  public SessionFilter(Sessions sessions) {
    this.sessions = Objects.requireNonNull(sessions, "sessions");
    attribute = SessionFilter.class.getName() + ":" + sessions.carrier().name();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      chain.doFilter(request, response);
      return;
    }
    // An async or error dispatch goes on with the session of the request that it belongs to.
    Exchange exchange = (Exchange) request.getAttribute(attribute);
    if (exchange == null) {
      exchange = new Exchange(sessions, http, answer);
      request.setAttribute(attribute, exchange);
    } else if (request.getDispatcherType() == DispatcherType.ERROR) {
      exchange.write(); // The container has reset the response.
    }
    try {
      chain.doFilter(new SessionRequest(http, exchange), new SessionResponse(answer, exchange));
    } finally {
      if (!request.isAsyncStarted()) {
        exchange.finish();
      }
    }
  }

  @Override
  public String toString() {
    return "SessionFilter[" + sessions.carrier().name() + "]";
  }
}
