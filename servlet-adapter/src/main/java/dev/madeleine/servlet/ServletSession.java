package dev.madeleine.servlet;

import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The session as {@code jakarta.servlet} describes it, over ours. */
final class ServletSession implements HttpSession {
  private final Exchange exchange;
  private final Session session;
  private final ServletContext context;

  ServletSession(Exchange exchange, Session session, ServletContext context) {
    this.exchange = exchange;
    this.session = session;
    this.context = context;
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

  /** Seconds; 0 or less for never. More than a token can hold, 194 days, is taken as 194 days. */
  @Override
  public void setMaxInactiveInterval(int seconds) {
    long most = SessionPolicy.LONGEST.toSeconds();
    Duration before = live().maxIdle();
    Duration after = Duration.ofSeconds(Math.min(Math.max(seconds, 0), most));
    exchange.change(
        "max inactive interval", () -> session.maxIdle(after), () -> session.maxIdle(before));
  }

  @Override
  public int getMaxInactiveInterval() {
    return (int) session.maxIdle().toSeconds();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return live().get(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.enumeration(live().names());
  }

  /**
   * Sets an attribute; null removes it.
   *
   * @throws IllegalArgumentException if the value would not come back equal from the cookie, or
   *     makes the session too large; the value before stays
   */
  @Override
  public void setAttribute(String name, @Nullable Object value) {
    Object before = live().get(name);
    exchange.change(
        "attribute " + name, () -> session.put(name, value), () -> session.put(name, before));
  }

  @Override
  public void removeAttribute(String name) {
    setAttribute(name, null);
  }

  @Override
  public void invalidate() {
    live();
    exchange.change("end of the session", session::end, () -> {});
  }

  String renewId() {
    exchange.change("new session id", session::renewId, () -> {});
    return session.id();
  }

  private Session live() {
    if (session.isEnded()) {
      throw new IllegalStateException("the session has been invalidated");
    }
    return session;
  }
}
