package dev.madeleine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a session lies in the headers of requests and responses: a cookie, several, a
 * value with its signature, a header.
 *
 * <p>A place owns its options and answers everything about itself, so nobody else asks what kind of
 * place it is. Immutable.
 */
interface Place {
  /**
   * The texts in a request that may be our session.
   *
   * @param texts the first ones of different content
   * @param incomplete whether there are pieces of one that do not make a whole
   */
  record Found(List<String> texts, boolean incomplete) {
    /** Whether there was nothing of ours at all. */
    boolean isEmpty() {
      return !incomplete && texts.isEmpty();
    }
  }

  /** Name of the cookie, of the first of several, or of the header. */
  String name();

  /** What the client files it under; of several cookies, the first. */
  PlaceIdentity identity();

  /** The options of its cookies, or null if it is no cookie. */
  @Nullable CookieOptions cookie();

  /**
   * The same place with other options, perhaps under another name. An implementation returns its
   * own class.
   *
   * @throws IllegalStateException if it is no cookie
   */
  Place withCookie(CookieOptions options);

  /** The field of a request that it is in, for {@code Vary}. */
  String field();

  /** Most bytes of names and values together. */
  int limit();

  /** The bytes of names and values that a text takes up. */
  int size(String text);

  /** An encoder for the texts of this place: bound to its name and, if need be, its limit. */
  default SessionEncoder bind(SessionEncoder encoder) {
    return encoder.withName(name());
  }

  /** Finds what may be our session. */
  Found read(RequestHeaders request);

  /**
   * Adds the lines that store a text.
   *
   * @param maxAge how long the client is to keep it, or null for as long as it runs
   * @param request tells which pieces of an earlier, longer text have to go
   */
  void store(String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines);

  /** Adds the lines that make the client forget what it holds. */
  void expire(RequestHeaders request, HeaderLines lines);

  /**
   * Adds the lines that store what the request holds here once more, or expire what it does not
   * hold.
   */
  void storeAgain(@Nullable Duration maxAge, RequestHeaders request, HeaderLines lines);
}
