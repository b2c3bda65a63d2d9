package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, its response and its session: keeps the headers of the response as the session needs
 * them, from the first use on and at each change, as long as the response is not committed.
 *
 * <p>Works on the response that the container gave to the filter, so that no wrapper of the
 * application and no code that unwraps can get past it.
 */
final class Exchange implements AsyncListener {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String CACHE_CONTROL = "Cache-Control";

  private final FilterSettings settings;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private @Nullable Session session;
  private @Nullable ServletSession view;
  private @Nullable String written;
  private boolean awaitsAsync;

  Exchange(FilterSettings settings, HttpServletRequest request, HttpServletResponse response) {
    this.settings = settings;
    this.request = request;
    this.response = response;
  }

  FilterSettings settings() {
    return settings;
  }

  /** The session of this request; the first use writes what its use alone calls for. */
  synchronized Session session() {
    Session known = session;
    if (known == null) {
      known = sessions().load(name -> Collections.list(request.getHeaders(name)));
      session = known;
      known.isNew();
      update();
    }
    return known;
  }

  /**
   * What the application sees of the session.
   *
   * @param create whether to begin one if there is none
   * @throws IllegalStateException if one would have to begin after the response was committed
   */
  synchronized @Nullable ServletSession view(boolean create) {
    Session current = session();
    ServletSession known = view;
    if (known != null && !current.isEnded()) {
      return known;
    }
    boolean begins = current.isEnded() || current.isNew();
    if (begins && !create) {
      return null;
    }
    if (begins && response.isCommitted()) {
      throw new IllegalStateException(
          "the response is committed, a new session cannot reach the client; get the session before"
              + " the body is written");
    }
    if (current.isEnded()) {
      current = sessions().successor(current);
      session = current;
    }
    known = new ServletSession(this, current, request.getServletContext());
    view = known;
    if (settings.keepEmpty()) {
      current.keep();
      update();
    }
    known.open(begins);
    return known;
  }

  /**
   * Carries out a change of the session and writes the headers. What cannot be written is not
   * changed.
   *
   * @param what the change, for the event when it comes too late
   */
  synchronized void change(String what, Runnable change, Runnable undo) {
    change.run();
    try {
      write();
    } catch (IllegalArgumentException e) {
      undo.run();
      write();
      throw e;
    }
    reportIfLost(what, settings.throwWhenLate());
  }

  /** Tries a change out: throws what {@link #change} would, and leaves everything as it was. */
  synchronized void rehearse(Runnable change, Runnable undo) {
    try {
      change.run();
      sessions().save(session());
    } finally {
      undo.run();
    }
  }

  /**
   * Brings the headers up to date at a moment that must not throw; what does not fit is reported.
   */
  synchronized void update() {
    try {
      write();
    } catch (SessionTooLargeException e) {
      return; // Reported by save. The response goes on, the client keeps the session before.
    } catch (IllegalArgumentException e) {
      sessions().report(new SessionEvent.Lost(cookieName(), String.valueOf(e.getMessage())));
      return;
    }
    reportIfLost("a value changed in place", false);
  }

  /** Whether the container has not taken our header, as Undertow does not within an include. */
  synchronized boolean isHeld() {
    String line = written;
    return line != null
        && !response.isCommitted()
        && !response.getHeaders(SET_COOKIE).contains(line);
  }

  /** The end of a pass through the filter, which is the end of the request unless async goes on. */
  void leave(ServletRequest passed) {
    if (!passed.isAsyncStarted()) {
      finish();
    } else if (!awaitsAsync) {
      awaitsAsync = true;
      passed.getAsyncContext().addListener(this);
    }
  }

  private synchronized void finish() {
    ServletSession known = view;
    if (known != null) {
      known.close();
    }
    update();
  }

  /** Makes the response's headers what the session needs them to be now, if they have not gone. */
  private void write() {
    Session current = session;
    if (current == null || response.isCommitted()) {
      return;
    }
    String cookie = null;
    for (HttpHeader header : sessions().save(current)) {
      switch (header.name()) {
        case SET_COOKIE -> cookie = header.value();
        case CACHE_CONTROL -> {
          if (!response.containsHeader(CACHE_CONTROL)) {
            response.setHeader(CACHE_CONTROL, header.value());
          }
        }
        default -> addToken(header);
      }
    }
    if (cookie != null || written != null) {
      replaceCookie(cookie);
    }
  }

  private void reportIfLost(String what, boolean fail) {
    Session current = session;
    if (current == null || !response.isCommitted() || !current.isUnsaved()) {
      return;
    }
    sessions().report(new SessionEvent.Lost(cookieName(), what));
    sessions().save(current);
    if (fail) {
      throw new IllegalStateException(
          "the response is committed, so this change of the session is lost: " + what);
    }
  }

  /** Our cookie in place of the one we wrote before; the application's own cookies stay. */
  private void replaceCookie(@Nullable String cookie) {
    String ours = cookieName() + "=";
    List<String> lines = new ArrayList<>();
    if (cookie != null) {
      lines.add(cookie);
    }
    for (String line : response.getHeaders(SET_COOKIE)) {
      if (!line.startsWith(ours)) {
        lines.add(line);
      }
    }
    response.setHeader(SET_COOKIE, lines.isEmpty() ? null : lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      response.addHeader(SET_COOKIE, lines.get(i));
    }
    written = cookie;
  }

  /** Adds a field name to a list header such as Vary, unless it is there. */
  private void addToken(HttpHeader header) {
    for (String line : response.getHeaders(header.name())) {
      for (String token : line.split(",", -1)) {
        if (token.strip().equalsIgnoreCase(header.value()) || token.strip().equals("*")) {
          return;
        }
      }
    }
    response.addHeader(header.name(), header.value());
  }

  Sessions sessions() {
    return settings.sessions();
  }

  String cookieName() {
    return sessions().carrier().name();
  }

  boolean isCommitted() {
    return response.isCommitted();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    finish();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    update();
  }

  @Override
  public void onError(AsyncEvent event) {
    update();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this); // Starting again forgets the listeners.
  }
}
