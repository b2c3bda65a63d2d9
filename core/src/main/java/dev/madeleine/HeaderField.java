package dev.madeleine;

import dev.madeleine.internal.BrowserLimits;
import dev.madeleine.internal.PrintableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text in a header field of its own, or behind an authentication scheme, for clients that hold
 * no cookies. The client sends back the field as the last response had it; an empty one tells it to
 * forget. Nothing that the client says is ever sealed.
 *
 * @param name name of the field
 * @param scheme what stands before the text with a space between (RFC 9110 section 11.4), or empty
 */
record HeaderField(String name, String scheme) implements Place {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Set<String> TAKEN =
      Set.of("cookie", "set-cookie", "host", "vary", "cache-control", "connection", "date");

  HeaderField {
    if (!TOKEN.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be a header for sessions; take a name of your own such as X-Session"
              .formatted(PrintableName.of(name)));
    }
  }

  /** Whether this can be the name of a header. */
  static boolean isName(String text) {
    return TOKEN.matcher(text).matches();
  }

  @Override
  public PlaceIdentity identity() {
    return PlaceIdentity.ofHeader(name);
  }

  @Override
  public @Nullable CookieOptions cookie() {
    return null;
  }

  @Override
  public HeaderField withCookie(CookieOptions options) {
    throw new IllegalStateException(
        "the session travels in the header %s, there is no cookie to change".formatted(name));
  }

  @Override
  public String field() {
    return name;
  }

  @Override
  public int limit() {
    return BrowserLimits.MAX_COOKIE;
  }

  @Override
  public int size(String text) {
    return name.length() + text.length();
  }

  @Override
  public Found read(RequestHeaders request) {
    List<String> texts = new ArrayList<>(1);
    for (String line : request.lines(name)) {
      String text = text(line.strip());
      if (!text.isEmpty()
          && !texts.contains(text)
          && texts.size() < RequestHeaders.MAX_CANDIDATES) {
        texts.add(text);
      }
    }
    return new Found(texts, false);
  }

  /** What stands behind the scheme, which is compared without regard to case; empty for others. */
  private String text(String line) {
    if (scheme.isEmpty()) {
      return line;
    }
    int length = scheme.length();
    boolean ours =
        line.length() > length
            && line.regionMatches(true, 0, scheme, 0, length)
            && line.charAt(length) == ' ';
    return ours ? line.substring(length).strip() : "";
  }

  @Override
  public void store(
      String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    lines.field(name, scheme.isEmpty() ? text : scheme + " " + text);
  }

  @Override
  public void expire(RequestHeaders request, HeaderLines lines) {
    lines.field(name, "");
  }

  @Override
  public void storeAgain(@Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    List<String> received = read(request).texts();
    if (!received.isEmpty() && OneCookie.isCookieOctets(received.get(0))) {
      store(received.get(0), maxAge, request, lines);
    } else {
      expire(request, lines);
    }
  }

  @Override
  public String toString() {
    return "header " + name + (scheme.isEmpty() ? "" : ": " + scheme);
  }
}
