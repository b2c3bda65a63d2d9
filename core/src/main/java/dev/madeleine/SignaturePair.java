package dev.madeleine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text {@code value.signature} in two cookies, {@code name=value} and {@code name.sig=signature},
 * as the npm package cookies writes them.
 */
record SignaturePair(String name) implements Layout {
  static final String SIGNATURE = ".sig";
  private static final char DOT = '.';

  /** Joins each value with each signature: cookies of one name may come from several paths. */
  @Override
  public Found read(RequestHeaders request) {
    List<String> signatures = request.cookies(name + SIGNATURE);
    List<String> values = request.cookies(name);
    List<String> texts = new ArrayList<>(1);
    for (int shift = 0; shift < signatures.size(); shift++) { // Those of one path come first.
      for (int i = 0; i < values.size(); i++) {
        texts.add(values.get(i) + DOT + signatures.get((i + shift) % signatures.size()));
      }
    }
    return new Found(texts, texts.isEmpty() && !values.isEmpty());
  }

  @Override
  public List<HttpHeader> write(
      String text, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    int dot = dot(text);
    return List.of(
        line(chosen.set(text.substring(0, dot), maxAge)),
        line(chosen.beside(SIGNATURE).set(text.substring(dot + 1), maxAge)));
  }

  private static int dot(String text) {
    int dot = text.lastIndexOf(DOT);
    if (dot < 0) {
      throw new IllegalStateException(
          "a pair of cookies needs an encoder that writes value.signature; this one wrote no dot");
    }
    return dot;
  }

  @Override
  public List<HttpHeader> expire(CookieOptions chosen, RequestHeaders request) {
    return List.of(line(chosen.expire()), line(chosen.beside(SIGNATURE).expire()));
  }

  @Override
  public @Nullable HttpHeader restore(
      String header, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    if (header.equals(name)) {
      return OneCookie.restored(chosen, maxAge, request);
    }
    return header.equals(name + SIGNATURE)
        ? OneCookie.restored(chosen.beside(SIGNATURE), maxAge, request)
        : null;
  }

  private static HttpHeader line(String value) {
    return new HttpHeader(OneCookie.SET_COOKIE, value);
  }

  @Override
  public String field() {
    return "Cookie";
  }

  @Override
  public int room() {
    return OneCookie.MAX_COOKIE;
  }

  /** The first cookie alone: the second is always smaller. */
  @Override
  public int size(String text) {
    return name.length() + dot(text);
  }

  @Override
  public String toString() {
    return "cookies " + name + " and " + name + SIGNATURE;
  }
}
