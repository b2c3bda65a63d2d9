package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response writes of a session: the header lines for all places, {@link Received} being what
 * the request brought.
 *
 * @param transports all places
 * @param writing the place that is written, with the options of this response
 */
record Written(Transports transports, SessionTransport writing) {
  /** The same with other options of the cookie, for this response. */
  Written withCookie(CookieOptions options) {
    return new Written(transports, writing.withCookie(options));
  }

  /** The lines that store a session, and expire the places that it has left. */
  HeaderLines store(
      SessionSnapshot session,
      @Nullable Duration maxAge,
      RequestHeaders request,
      Received received,
      Instant now) {
    boolean shared = false;
    for (SessionTransport place : transports.shared()) {
      shared |= !place.isRetired(now);
    }
    SessionSnapshot marked = shared == session.shared() ? session : session.withShared(shared);
    HeaderLines lines = new HeaderLines(now);
    writing.store(marked, maxAge, request, lines);
    for (SessionTransport place : transports.shared()) {
      if (!place.isRetired(now)) {
        place.store(marked, maxAge, request, lines);
      }
    }
    // The places that are written clear away their own leftovers.
    for (SessionTransport place : transports.reading()) {
      if (received.mayBeReplaced(place)) {
        place.expire(request, lines);
      }
    }
    for (SessionTransport place : transports.former()) {
      if (!place.read(request).isEmpty()) {
        place.expire(request, lines);
      }
    }
    return lines;
  }

  /** The lines that expire the places that a session has left which is not written now. */
  HeaderLines leave(RequestHeaders request, Received received, Instant now) {
    HeaderLines lines = new HeaderLines(now);
    for (SessionTransport place : transports.left()) {
      if (received.mayExpire(place)) {
        place.expire(request, lines);
      }
    }
    return lines;
  }

  /**
   * The lines that expire these places, and with them all former ones: a cookie that lies under
   * another path does not show here.
   */
  HeaderLines expire(List<SessionTransport> places, RequestHeaders request, Instant now) {
    HeaderLines lines = new HeaderLines(now);
    for (SessionTransport place : places) {
      chosen(place).expire(request, lines);
    }
    if (!places.isEmpty()) {
      for (SessionTransport place : transports.former()) {
        place.expire(request, lines);
      }
    }
    return lines;
  }

  /**
   * The line that reverts one of ours.
   *
   * @param name of the cookie, or of the header
   * @return null if no line of this name is ours
   */
  @Nullable HttpHeader revert(
      String name,
      @Nullable Duration maxAge,
      RequestHeaders request,
      Received received,
      Instant now) {
    for (SessionTransport place : transports.all()) {
      HeaderLines lines = new HeaderLines(now);
      chosen(place).revert(received.textFrom(place), maxAge, request, lines);
      HttpHeader line = lines.named(name);
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  /** The place with the options of this response, if it is the one that has some. */
  private SessionTransport chosen(SessionTransport place) {
    return place == transports.writing() ? writing : place;
  }

  @Override
  public String toString() {
    return writing.toString();
  }
}
