package dev.madeleine;

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
 * @param room most bytes of all names and values together
 */
record CookieChunks(String name, int room) implements Layout {
  /** Room unless the application chooses: what servers take of all request headers by default. */
  static final int ROOM = 8192;

  static final String LONGEST_SUFFIX = ".17";

  private static final int MAX_ROOM = 65_536;
  private static final int MAX_CHUNKS = 18;
  private static final int HASH_BYTES = 6;
  private static final String MARK = "~";
  private static final Pattern PREFIX = Pattern.compile("~([1-9][0-9]?)\\.([0-9A-Za-z_-]{8})\\.");

  CookieChunks {
    if (room < OneCookie.MAX_COOKIE || room > MAX_ROOM) {
      throw new IllegalArgumentException(
          "%s bytes for all cookies of a session; it must be %s to %s"
              .formatted(room, OneCookie.MAX_COOKIE, MAX_ROOM));
    }
  }

  @Override
  public Found read(RequestHeaders request) {
    List<String> heads = request.cookies(name);
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
      if (part == null || text.length() > room) {
        return null;
      }
      text.append(part, prefix.length(), part.length());
    }
    return text.toString();
  }

  @Override
  public List<HttpHeader> write(
      String text, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    List<HttpHeader> lines = new ArrayList<>();
    for (String part : parts(text)) {
      lines.add(line(part(lines.size(), chosen).set(part, maxAge)));
    }
    lines.addAll(leftovers(lines.size(), chosen, request));
    return lines;
  }

  /** The values of the cookies, each as long as a browser takes it. */
  private List<String> parts(String text) {
    if (name.length() + text.length() <= OneCookie.MAX_COOKIE && !text.startsWith(MARK)) {
      return List.of(text);
    }
    int space = OneCookie.MAX_COOKIE - name(MAX_CHUNKS).length() - prefix(MAX_CHUNKS, "").length();
    int count = Math.max(1, (text.length() + space - 1) / space);
    List<String> parts = new ArrayList<>(count);
    for (int start = 0; start < text.length(); start += space) {
      parts.add(
          prefix(count, hash(text))
              + text.substring(start, Math.min(text.length(), start + space)));
    }
    return parts;
  }

  private static String prefix(int count, String hash) {
    return MARK + count + "." + (hash.isEmpty() ? "12345678" : hash) + ".";
  }

  private static String hash(String text) {
    byte[] whole = HmacSha256.sha256(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, HASH_BYTES));
  }

  private String name(int part) {
    return part == 0 ? name : name + "." + part;
  }

  private static CookieOptions part(int part, CookieOptions first) {
    return part == 0 ? first : first.beside("." + part);
  }

  @Override
  public List<HttpHeader> expire(CookieOptions chosen, RequestHeaders request) {
    List<HttpHeader> lines = new ArrayList<>();
    lines.add(line(chosen.expire()));
    lines.addAll(leftovers(1, chosen, request));
    return lines;
  }

  /** Removes the parts from this one on that came with the request. */
  private List<HttpHeader> leftovers(int from, CookieOptions chosen, RequestHeaders request) {
    List<HttpHeader> lines = new ArrayList<>();
    for (int i = from; i < MAX_CHUNKS; i++) {
      if (!request.cookies(name(i)).isEmpty()) {
        lines.add(line(part(i, chosen).expire()));
      }
    }
    return lines;
  }

  @Override
  public @Nullable HttpHeader restore(
      String header, CookieOptions chosen, @Nullable Duration maxAge, RequestHeaders request) {
    for (int i = 0; i < MAX_CHUNKS; i++) {
      if (header.equals(name(i))) {
        return OneCookie.restored(part(i, chosen), maxAge, request);
      }
    }
    return null;
  }

  private static HttpHeader line(String value) {
    return new HttpHeader(OneCookie.SET_COOKIE, value);
  }

  @Override
  public String field() {
    return "Cookie";
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
    return "cookies " + name + ", " + name(1) + ", …";
  }
}
