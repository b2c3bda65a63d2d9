package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
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
final class Exchange {
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String CACHE_CONTROL = "Cache-Control";

  private final Sessions sessions;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private @Nullable Session session;
  private @Nullable ServletSession view;
  private boolean cookieWritten;

  Exchange(Sessions sessions, HttpServletRequest request, HttpServletResponse response) {
    this.sessions = sessions;
    this.request = request;
    this.response = response;
  }

  /** The session of this request; the first use writes what its use alone calls for. */
  synchronized Session session() {
    Session known = session;
    if (known == null) {
      known = sessions.load(name -> Collections.list(request.getHeaders(name)));
      session = known;
      known.isNew();
      write();
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
    if (current.isEnded() || current.isNew()) {
      if (!create) {
        return null;
      }
      if (response.isCommitted()) {
        throw new IllegalStateException(
            "the response is committed, a new session cannot reach the client; get the session before"
                + " the body is written");
      }
    }
    if (current.isEnded()) {
      current = sessions.successor(current);
      session = current;
    }
    known = new ServletSession(this, current, request.getServletContext());
    view = known;
    return known;
  }

  /**
   * Carries out a change of the session and writes the headers. What cannot be written is not
   * changed.
   *
   * @param what the change for the event when it comes too late
   */
  synchronized void change(String what, Runnable change, Runnable undo) {
    change.run();
    try {
      write();
    } catch (IllegalArgumentException e) {
      undo.run();
      throw e;
    }
    if (response.isCommitted()) {
      sessions.report(new SessionEvent.Lost(sessions.carrier().name(), what));
    }
  }

  /**
   * Makes the response's headers what the session needs them to be now.
   *
   * @throws SessionTooLargeException if the session does not fit; the headers stay as they were
   */
  synchronized void write() {
    Session current = session;
    if (current == null || response.isCommitted()) {
      return;
    }
    String cookie = null;
    for (HttpHeader header : sessions.save(current)) {
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
    if (cookie != null || cookieWritten) {
      replaceCookie(cookie);
    }
  }

  /** Writes once more at the end of the request; a session that does not fit then was reported. */
  void finish() {
    try {
      write();
    } catch (SessionTooLargeException e) {
      // Reported as an event by save: the response goes on, the client keeps the session before.
      return;
    } catch (IllegalArgumentException e) {
      sessions.report(
          new SessionEvent.Lost(sessions.carrier().name(), String.valueOf(e.getMessage())));
    }
  }

  /** Our cookie in place of the one we wrote before; the application's own cookies stay. */
  private void replaceCookie(@Nullable String cookie) {
    String ours = sessions.carrier().name() + "=";
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
    cookieWritten = cookie != null;
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
}
