package dev.madeleine;

import dev.madeleine.internal.BrowserLimits;
import dev.madeleine.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in as many cookies as it needs: {@code name}, {@code name.1}, {@code name.2}, …
 *
 * <pre>
 * name=text                                         what fits into one cookie
 * name=~3.hash.text  name.1=~3.hash.text  name.2=…  the count, the hash and a part of the text
 * </pre>
 *
 * <p>The hash, 8 characters of the base64url SHA-256 of the whole text, binds the parts to one
 * write: parts of several are noticed before any seal is checked. The seal is over the whole text.
 *
 * @param cookie the options of the first cookie; the others have the same under their names
 * @param limit most bytes of all names and values together
 */
record CookieChunks(CookieOptions cookie, int limit) implements CookiePlace {
  /**
   * The limit by default. Servers take 8 KB of all request headers unless configured, and an
   * ordinary browser sends up to 2 KB of others.
   */
  static final int DEFAULT_LIMIT = 6000;

  /** The largest limit. */
  static final int MAX_LIMIT = 65_536;

  private static final String LONGEST_SUFFIX = ".17";
  private static final int MAX_CHUNKS = 18;
  private static final int HASH_BYTES = 6;
  private static final String MARK = "~";

  /** As long as every hash. */
  private static final String ANY_HASH = "12345678";

  private static final Pattern PREFIX = Pattern.compile("~([1-9][0-9]?)\\.([0-9A-Za-z_-]{8})\\.");

  CookieChunks {
    if (limit < BrowserLimits.MAX_COOKIE || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "%s bytes for all cookies of a session; it must be %s to %s"
              .formatted(limit, BrowserLimits.MAX_COOKIE, MAX_LIMIT));
    }
    cookie.withSuffix(LONGEST_SUFFIX); // Refuses a name that is too long for it.
  }

  @Override
  public CookieChunks withCookie(CookieOptions options) {
    return new CookieChunks(options, limit);
  }

  @Override
  public SessionEncoder bind(SessionEncoder encoder) {
    return encoder.withName(name()).withLimit(limit);
  }

  @Override
  public Found read(RequestHeaders request) {
    List<List<String>> cookies = request.numberedCookies(name(), MAX_CHUNKS);
    List<String> heads = cookies.get(0);
    List<String> texts = new ArrayList<>(1);
    boolean incomplete = heads.isEmpty() && !cookies.get(1).isEmpty();
    for (String head : heads) {
      Matcher prefix = PREFIX.matcher(head);
      if (!prefix.lookingAt()) {
        texts.add(head);
        continue;
      }
      String text = joined(prefix.group(), Integer.parseInt(prefix.group(1)), head, cookies);
      if (text != null && hash(text).equals(prefix.group(2))) {
        texts.add(text);
      } else {
        incomplete = true;
      }
    }
    return new Found(texts, incomplete);
  }

  /** The text of this head and the parts that begin as it does, or null if one is missing. */
  private @Nullable String joined(
      String prefix, int count, String head, List<List<String>> cookies) {
    if (count > MAX_CHUNKS) {
      return null;
    }
    List<String> parts = new ArrayList<>(count);
    parts.add(head);
    int length = head.length() - prefix.length();
    for (List<String> values : cookies.subList(1, count)) {
      for (String value : values) {
        if (value.startsWith(prefix)) {
          parts.add(value);
          length += value.length() - prefix.length();
          break;
        }
      }
    }
    if (parts.size() < count || length > limit) {
      return null;
    }
    StringBuilder text = new StringBuilder(length);
    parts.forEach(part -> text.append(part, prefix.length(), part.length()));
    return text.toString();
  }

  @Override
  public void store(
      String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    int count = count(text);
    if (isWhole(text)) {
      lines.set(cookie, text, maxAge);
    } else {
      String prefix = prefix(count, hash(text));
      for (int i = 0; i < count; i++) {
        int end = Math.min(text.length(), (i + 1) * space());
        lines.set(part(i), prefix + text.substring(i * space(), end), maxAge);
      }
    }
    expireFrom(count, request, lines);
  }

  /** Whether this text travels as it is, without a prefix. */
  private boolean isWhole(String text) {
    return name().length() + text.length() <= BrowserLimits.MAX_COOKIE && !text.startsWith(MARK);
  }

  /** How many cookies a text takes. */
  private int count(String text) {
    return isWhole(text) ? 1 : Math.max(1, (text.length() + space() - 1) / space());
  }

  /** Most characters of the text in one cookie, so that a browser takes it. */
  private int space() {
    return BrowserLimits.MAX_COOKIE
        - name(MAX_CHUNKS).length()
        - prefix(MAX_CHUNKS, ANY_HASH).length();
  }

  private static String prefix(int count, String hash) {
    return MARK + count + "." + hash + ".";
  }

  private static String hash(String text) {
    byte[] whole = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, HASH_BYTES));
  }

  private String name(int part) {
    return part == 0 ? name() : name() + "." + part;
  }

  private CookieOptions part(int part) {
    return part == 0 ? cookie : cookie.withSuffix("." + part);
  }

  @Override
  public void expire(RequestHeaders request, HeaderLines lines) {
    lines.expire(cookie);
    expireFrom(1, request, lines);
  }

  /** Expires the parts from this one on that the request holds. */
  private void expireFrom(int first, RequestHeaders request, HeaderLines lines) {
    List<List<String>> cookies = request.numberedCookies(name(), MAX_CHUNKS);
    for (int i = first; i < MAX_CHUNKS; i++) {
      if (!cookies.get(i).isEmpty()) {
        lines.expire(part(i));
      }
    }
  }

  @Override
  public void storeAgain(@Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    for (int i = 0; i < MAX_CHUNKS; i++) {
      OneCookie.storeAgain(part(i), maxAge, request, lines);
    }
  }

  @Override
  public int size(String text) {
    if (isWhole(text)) {
      return name().length() + text.length();
    }
    int count = count(text);
    int size = text.length() + count * prefix(count, ANY_HASH).length();
    for (int i = 0; i < count; i++) {
      size += name(i).length();
    }
    return size;
  }

  @Override
  public String toString() {
    return "cookies %s, %s, …%s".formatted(name(0), name(1), cookie.attributes());
  }
}
