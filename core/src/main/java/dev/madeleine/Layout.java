package dev.madeleine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the text of a session lies in the headers of requests and responses. */
sealed interface Layout permits OneCookie, CookieChunks, SignaturePair, HeaderField {
  /**
   * The texts in a request that may be our session.
   *
   * @param texts the first ones of different content
   * @param incomplete whether there are pieces of one that do not make a whole
   */
  record Found(List<String> texts, boolean incomplete) {
    /** Whether there was anything of ours at all. */
    boolean came() {
      return incomplete || !texts.isEmpty();
    }
  }

  /** Finds what may be our session. */
  Found read(RequestHeaders request);

  /**
   * The headers that store a text.
   *
   * @param chosen the options of the cookie for this response
   * @param maxAge how long the client is to keep it, or null for as long as it runs
   * @param request tells which pieces of an earlier, longer text have to go
   */
  List<HttpHeader> write(
      String text, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request);

  /** The headers that make the client forget what it holds. */
  List<HttpHeader> expire(CookieOptions chosen, RequestHeaders request);

  /**
   * The header that brings back what came with the request, after this one was sent by mistake.
   *
   * @param name name of the header that was sent, or of the cookie if it was {@code Set-Cookie}
   * @return null if no header of this name is ours
   */
  @Nullable HttpHeader restore(
      String name, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request);

  /** The field that responses depend on, for {@code Vary}. */
  String field();

  /** Most bytes of names and values together. */
  int room();

  /** The bytes of names and values that a text takes up. */
  int size(String text);
}
