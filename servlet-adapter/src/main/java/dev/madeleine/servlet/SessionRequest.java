package dev.madeleine.servlet;

import dev.madeleine.Session;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: the container's, with our session. */
final class SessionRequest extends HttpServletRequestWrapper {
  /** What the container gave the filter. During a forward or include Tomcat puts its own before. */
  private final HttpServletRequest received;

  private final SessionResponse response;
  private final Exchange exchange;

  SessionRequest(HttpServletRequest request, SessionResponse response, Exchange exchange) {
    super(request);
    this.received = request;
    this.response = response;
    this.exchange = exchange;
  }

  @Override
  public HttpSession getSession() {
    return Objects.requireNonNull(exchange.view(true));
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return exchange.view(create);
  }

  @Override
  public String changeSessionId() {
    ServletSession session = exchange.view(false);
    if (session == null) {
      throw new IllegalStateException("there is no session whose id could change");
    }
    return session.changeId();
  }

  /** Logs in with the container, for this request; the session gets a new id, against fixation. */
  @Override
  public void login(String user, String password) throws ServletException {
    super.login(user, password);
    renewId();
  }

  /** As {@link #login}, if it is here that the container finds out who the user is. */
  @Override
  public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
    boolean known = getUserPrincipal() != null;
    boolean authenticated = super.authenticate(answer);
    if (authenticated && !known) {
      renewId();
    }
    return authenticated;
  }

  /** Gives the session, if there is one, a new id. One that has been ended is not revived. */
  private void renewId() {
    ServletSession session = exchange.view(false);
    if (session != null && !exchange.isRevoked()) {
      session.changeId();
    }
  }

  /** The session behind; what the application does with it is not seen. */
  Session session() {
    exchange.watch();
    return exchange.session();
  }

  String login(String subject, String... keys) {
    return Objects.requireNonNull(exchange.view(true)).login(subject, keys);
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return exchange.session().requestedId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    Session session = exchange.session();
    return !session.isInvalidated() && session.id().equals(session.requestedId());
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    return exchange.session().requestedId() != null;
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return false;
  }

  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher container = super.getRequestDispatcher(path);
    return container == null ? null : new SessionDispatcher(container, exchange);
  }

  @Override
  public AsyncContext startAsync() {
    return exchange.startAsync(super.startAsync(), this, response, true);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The very objects that the application was given.
  public AsyncContext startAsync(ServletRequest given, ServletResponse givenResponse) {
    // Tomcat keeps the query of a forward for a later dispatch only where this is false.
    boolean original = given == this && givenResponse == response && getRequest() == received;
    return exchange.startAsync(super.startAsync(given, givenResponse), this, response, original);
  }

  /**
   * Null where the request has none: containers throw then, Spring's mock of a request does not.
   */
  @Override
  public @Nullable AsyncContext getAsyncContext() {
    AsyncContext container = super.getAsyncContext();
    return container == null ? null : exchange.async(container, this, response);
  }
}
