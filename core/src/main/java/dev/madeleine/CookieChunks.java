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
  /** The limit by default: what servers take of all request headers unless configured. */
  static final int DEFAULT_LIMIT = 8192;

  private static final String LONGEST_SUFFIX = ".17";
  private static final int MAX_LIMIT = 65_536;
  private static final int MAX_CHUNKS = 18;
  private static final int HASH_BYTES = 6;
  private static final String MARK = "~";
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
    List<String> heads = request.cookies(name());
    List<String> texts = new ArrayList<>(1);
    boolean incomplete = heads.isEmpty() && !request.cookies(name(1)).isEmpty();
    for (String head : heads) {
      Matcher prefix = PREFIX.matcher(head);
      if (!prefix.lookingAt()) {
        texts.add(head);
        continue;
      }
      String text = joined(prefix.group(), Integer.parseInt(prefix.group(1)), head, request);
      if (text != null && hash(text).equals(prefix.group(2))) {
        texts.add(text);
      } else {
        incomplete = true;
      }
    }
    return new Found(texts, incomplete);
  }

  /** The text of this head and the parts that begin as it does, or null if one is missing. */
  private @Nullable String joined(String prefix, int count, String head, RequestHeaders request) {
    StringBuilder text = new StringBuilder(head.substring(prefix.length()));
    for (int i = 1; i < count; i++) {
      String part = null;
      for (String value : request.cookies(name(i))) {
        part = part == null && value.startsWith(prefix) ? value : part;
      }
      if (part == null || text.length() > limit) {
        return null;
      }
      text.append(part, prefix.length(), part.length());
    }
    return text.toString();
  }

  @Override
  public void store(
      String text, @Nullable Duration maxAge, RequestHeaders request, HeaderLines lines) {
    List<String> parts = parts(text);
    for (int i = 0; i < parts.size(); i++) {
      lines.set(part(i), parts.get(i), maxAge);
    }
    expireFrom(parts.size(), request, lines);
  }

  /** The values of the cookies, each as long as a browser takes it. */
  private List<String> parts(String text) {
    if (name().length() + text.length() <= BrowserLimits.MAX_COOKIE && !text.startsWith(MARK)) {
      return List.of(text);
    }
    int space =
        BrowserLimits.MAX_COOKIE - name(MAX_CHUNKS).length() - prefix(MAX_CHUNKS, "").length();
    int count = Math.max(1, (text.length() + space - 1) / space);
    String prefix = prefix(count, hash(text));
    List<String> parts = new ArrayList<>(count);
    for (int start = 0; start < text.length(); start += space) {
      parts.add(prefix + text.substring(start, Math.min(text.length(), start + space)));
    }
    return parts;
  }

  private static String prefix(int count, String hash) {
    return MARK + count + "." + (hash.isEmpty() ? "12345678" : hash) + ".";
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
    for (int i = first; i < MAX_CHUNKS; i++) {
      if (!request.cookies(name(i)).isEmpty()) {
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
    int size = 0;
    List<String> parts = parts(text);
    for (int i = 0; i < parts.size(); i++) {
      size += name(i).length() + parts.get(i).length();
    }
    return size;
  }

  @Override
  public String toString() {
    return "cookies %s, %s, …%s".formatted(name(0), name(1), cookie.attributes());
  }
}
