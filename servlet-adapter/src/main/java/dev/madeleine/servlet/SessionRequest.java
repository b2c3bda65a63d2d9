package dev.madeleine.servlet;

import dev.madeleine.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: the container's, with our session. */
final class SessionRequest extends HttpServletRequestWrapper {
  private final Exchange exchange;

  SessionRequest(HttpServletRequest request, Exchange exchange) {
    super(request);
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
    return session.renewId();
  }

  String login(String subject) {
    return Objects.requireNonNull(exchange.view(true)).login(subject);
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return exchange.session().requestedId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    Session session = exchange.session();
    return !session.isEnded() && session.id().equals(session.requestedId());
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    return exchange.session().requestedId() != null;
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return false;
  }
}
