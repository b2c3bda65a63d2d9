package dev.madeleine;

import dev.madeleine.internal.BrowserLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text {@code value.signature} in two cookies, {@code name=value} and {@code name.sig=signature},
 * as the npm package cookies writes them.
 */
record SignaturePair(CookieOptions cookie) implements CookiePlace {
  private static final String SIGNATURE = ".sig";
  private static final char DOT = '.';

  SignaturePair {
    cookie.withSuffix(SIGNATURE); // Refuses a name that is too long for it.
  }

  @Override
  public SignaturePair withCookie(CookieOptions options) {
    return new SignaturePair(options);
  }

  @Override
  public int limit() {
    return BrowserLimits.MAX_COOKIE;
  }

  /** The first cookie alone: the second is always smaller. */
  @Override
  public int size(String text) {
    return name().length() + dot(text);
  }

  /** Joins each value with each signature: cookies of one name may come from several paths. */
  @Override
  public Found read(RequestHeaders request) {
    List<String> signatures = request.cookies(name() + SIGNATURE);
    List<String> values = request.cookies(name());
    List<String> texts = new ArrayList<>(1);
    for (int shift = 0; shift < signatures.size(); shift++) { // Those of one path come first.
      for (int i = 0; i < values.size(); i++) {
        texts.add(values.get(i) + DOT + signatures.get((i + shift) % signatures.size()));
      }
    }
    return new Found(texts, texts.isEmpty() && !values.isEmpty());
  }

  @Override
  public void store(
      String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    int dot = dot(text);
    lines.set(cookie, text.substring(0, dot), maxAge);
    lines.set(signature(), text.substring(dot + 1), maxAge);
  }

  private static int dot(String text) {
    int dot = text.lastIndexOf(DOT);
    if (dot < 0) {
      throw new IllegalStateException(
          "a pair of cookies needs an encoder that writes value.signature; this one wrote no dot");
    }
    return dot;
  }

  private CookieOptions signature() {
    return cookie.withSuffix(SIGNATURE);
  }

  @Override
  public void expire(RequestHeaders request, HeaderLines lines) {
    lines.expire(cookie);
    lines.expire(signature());
  }

  @Override
  public void storeAgain(@Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    OneCookie.storeAgain(cookie, maxAge, request, lines);
    OneCookie.storeAgain(signature(), maxAge, request, lines);
  }

  @Override
  public String toString() {
    return "cookies %s and %s%s".formatted(name(), name() + SIGNATURE, cookie.attributes());
  }
}
