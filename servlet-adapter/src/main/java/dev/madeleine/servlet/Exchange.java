package dev.madeleine.servlet;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionExchange;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, its response and its session as the container goes through them: commit, dispatches,
 * async, the end. Keeps the headers of the response as the session needs them, from the first use
 * on and at each change, as long as the response is not committed; what they have to be, {@link
 * SessionExchange} says.
 */
final class Exchange {
  private static final String IN_PLACE = "a value changed in place";

  /** Where the async context is that the application was given, in the request. */
  private static final String ASYNC = SessionAsyncContext.class.getName() + ":";

  private final FilterSettings settings;
  private final HttpServletRequest request;
  private final ServletContext context;
  private final ResponseHeaders headers;

  /** Null as long as nobody asked for the session: most requests never do. */
  private @Nullable SessionExchange exchange;

  /** Whether a change that was reported as lost is still in the session, as it does not fit. */
  private boolean unsettled;

  private @Nullable ServletSession view;
  private String lastChange = IN_PLACE;
  private boolean followed;

  /** Whether some of the body was written while nothing was watched. */
  private boolean begun;

  /** Kept from when the application holds what can change without a call that is seen here. */
  private volatile @Nullable BodyProgress body;

  /** Whether the request has ended: containers give its objects to other requests then. */
  private boolean ended;

  Exchange(FilterSettings settings, HttpServletRequest request, HttpServletResponse response) {
    this.settings = settings;
    this.request = request;
    context = request.getServletContext();
    headers = new ResponseHeaders(response);
  }

  FilterSettings settings() {
    return settings;
  }

  /** The session of this request; the first use writes what its use alone calls for. */
  synchronized Session session() {
    return exchange().session();
  }

  private SessionExchange exchange() {
    SessionExchange known = exchange;
    if (known == null) {
      known = sessions().exchange(this::requestLines, this::responseLines);
      if (settings.skipsRenewal(request)) {
        known.skipRenewal();
      }
      known.load();
      exchange = known;
      if (!ended) {
        settings.checks().onUse(this, request);
      }
      update();
    }
    return known;
  }

  /** The lines of a header; HTTP/2 has the host elsewhere. */
  private List<String> requestLines(String name) {
    if (ended) {
      return List.of();
    }
    List<String> lines = Collections.list(request.getHeaders(name));
    return lines.isEmpty() && name.equals("Host") ? List.of(request.getServerName()) : lines;
  }

  /** The lines of a header of the response but ours. */
  private List<String> responseLines(String name) {
    return ended ? List.of() : headers.linesOfOthers(name);
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
    boolean invalidated = current.isInvalidated();
    if (known != null && !invalidated) {
      return known;
    }
    boolean begins = invalidated || current.isNew();
    if (begins && !create) {
      return null;
    }
    if (begins && isCommitted()) {
      throw new IllegalStateException(
          "the response is committed, a new session cannot reach the client; get the session before"
              + " the body is written");
    }
    if (invalidated) {
      current = exchange().successor();
    }
    known = ServletSession.of(this, current, context);
    view = known;
    if (settings.keepEmpty() && !isCommitted()) {
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
   * @param what the change, for the event when it is too late
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
    lastChange = what;
    handedOut();
    if (reportIfLost(what) && settings.throwWhenLate()) {
      throw new IllegalStateException(
          "the response is committed, so this change of the session is lost: " + what);
    }
  }

  /** Tries a change out: throws what {@link #change} would, and leaves everything as it was. */
  synchronized void rehearse(Runnable change, Runnable undo) {
    boolean before = unsettled;
    try {
      change.run();
      exchange().headers();
    } finally {
      undo.run();
      settle();
      unsettled = before;
    }
  }

  /** Whether the application holds a value of the session that can change in place. */
  synchronized boolean mayChangeInPlace() {
    return exchange().mayChangeInPlace();
  }

  /** Notes that the application was given something of the session. */
  synchronized void handedOut() {
    if (body == null && mayChangeInPlace()) {
      watch();
    }
  }

  /** From here on the session may change without a call that is seen here. */
  synchronized void watch() {
    if (body == null) {
      body = new BodyProgress(begun);
    }
  }

  /** Whether the session may change unseen, and the change can still be written. */
  boolean isWatching() {
    return body != null && !headers.isCommitted();
  }

  /** Brings the headers up to date before something that may commit the response, if need be. */
  void beforeCommit() {
    if (headers.isHeld() || isWatching()) {
      update();
    }
  }

  /**
   * Brings the headers up to date before a write of the body, if it may commit the response and
   * something may have changed. Tries again what the container did not take, as Undertow does not
   * within an include. Costs next to nothing otherwise.
   *
   * @param most how many bytes are written at most
   * @param declared the declared length of the body, negative if there is none
   */
  void beforeWrite(long most, long declared) {
    BodyProgress known = body;
    boolean due = headers.isHeld();
    if (known == null) {
      begun = true;
    } else if (!headers.isCommitted()) {
      due |= known.mayCommit(most, declared, headers.bufferSize());
    }
    if (due) {
      update();
    }
  }

  /** The body begins anew, as nothing of it has gone. */
  void restartBody() {
    begun = false;
    BodyProgress known = body;
    if (known != null) {
      known.restart();
    }
  }

  /**
   * Brings the headers up to date at a moment that must not throw; what does not fit is reported.
   */
  synchronized void update() {
    try {
      write();
      if (!unsettled) {
        reportIfLost(headers.isHeld() ? lastChange : IN_PLACE);
      }
    } catch (SessionTooLargeException e) {
      // Reported by the exchange. The response goes on, the client keeps the session before.
      unsettled = true;
    } catch (IllegalArgumentException e) {
      if (!unsettled) {
        report(
            isCommitted()
                ? new SessionEvent.ChangeLost(cookieName(), IN_PLACE)
                : new SessionEvent.ChangeRefused(cookieName(), String.valueOf(e.getMessage())));
      }
      unsettled = true;
    }
  }

  /** Brings the headers up to date after somebody else has cleared or written some. */
  synchronized void rewrite() {
    headers.disturbed();
    update();
  }

  /** Another pass of the same request through the filter: its async or error dispatch. */
  synchronized void enter() {
    ended = false;
    rewrite();
  }

  /** What the application sees of an async context that begins. */
  SessionAsyncContext startAsync(
      AsyncContext container, SessionRequest given, SessionResponse response, boolean original) {
    SessionAsyncContext shown = new SessionAsyncContext(container, given, response, this, original);
    request.setAttribute(ASYNC + cookieName(), shown);
    return shown;
  }

  /** What the application sees of an async context: the same object each time. */
  SessionAsyncContext async(
      AsyncContext container, SessionRequest given, SessionResponse response) {
    return request.getAttribute(ASYNC + cookieName()) instanceof SessionAsyncContext known
            && known.isOf(container)
        ? known
        : startAsync(container, given, response, false);
  }

  /** The end of a pass through the filter, which is the end of the request unless async goes on. */
  void leave(ServletRequest passed) {
    if (!passed.isAsyncStarted()) {
      finish();
    } else if (!followed) {
      followed = AsyncFollower.follow(this, passed);
    }
  }

  /** The end of the request. The objects of the container are not touched any more. */
  synchronized void finish() {
    try {
      ServletSession known = view;
      if (known != null) {
        known.close();
      }
      update();
    } finally {
      ended = true;
    }
  }

  /** Makes the response's headers what the session needs them to be now, if they have not gone. */
  private void write() {
    SessionExchange known = exchange;
    if (known != null && !isCommitted()) {
      List<HttpHeader> needed = known.headers();
      headers.write(needed, known::revert);
      settings.checks().onHeaders(this, request, sessions().transport().options(), needed);
      unsettled = false;
    }
  }

  /** Reports a change that did not get into the headers before they went. */
  private boolean reportIfLost(String what) {
    SessionExchange known = exchange;
    if (known == null || !isCommitted() || !isLost(known)) {
      return false;
    }
    report(new SessionEvent.ChangeLost(cookieName(), what));
    settle();
    headers.forget();
    return true;
  }

  private boolean isLost(SessionExchange known) {
    Session current = known.session();
    try {
      return known.hasUnsavedChanges()
          || (headers.isHeld()
              && (current.isNew() || current.isInvalidated() || current.isChanged()));
    } catch (IllegalArgumentException e) {
      return true; // It was changed in place to what cannot be carried.
    }
  }

  /** Lets the present state be the one that later changes are found by. */
  private void settle() {
    try {
      exchange().headers();
      unsettled = false;
    } catch (IllegalArgumentException e) {
      unsettled = true; // What is not sent need not fit.
    }
  }

  /** Whether another request has ended the session that this one brought. */
  synchronized boolean isRevoked() {
    return exchange().isRevoked();
  }

  synchronized void report(SessionEvent event) {
    exchange().report(event);
  }

  Sessions sessions() {
    return settings.sessions();
  }

  String cookieName() {
    return sessions().transport().name();
  }

  /** Whether the request has ended, so that nothing can be written any more. */
  synchronized boolean hasEnded() {
    return ended;
  }

  synchronized boolean isCommitted() {
    return ended || headers.isCommitted();
  }
}
