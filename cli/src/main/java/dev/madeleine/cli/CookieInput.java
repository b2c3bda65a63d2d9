package dev.madeleine.cli;

import dev.madeleine.internal.StrayCharacter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cookies as somebody has copied them from somewhere: a bare value, a {@code Cookie} line, {@code
 * Set-Cookie} lines, or all the headers of a message.
 *
 * @param cookies values by name; of several with one name the first
 * @param bare a value without a name, or null
 */
record CookieInput(Map<String, String> cookies, @Nullable String bare) {
  private static final String COOKIE = "cookie:";
  private static final String SET_COOKIE = "set-cookie:";
  private static final Pattern PAIR =
      Pattern.compile("\\s*([^\\s=;:]+)=(.*[^=].*)", Pattern.DOTALL);
  private static final Pattern CHUNK =
      Pattern.compile("~([1-9][0-9]?)\\.[0-9A-Za-z_-]{8}\\.", Pattern.DOTALL);
  private static final Pattern PART = Pattern.compile(".*\\.(sig|[0-9]{1,2})");

  /** A line of a cookie jar in Netscape's format, which curl and wget write. */
  private static final Pattern JAR_LINE =
      Pattern.compile("(?m)^[^\t\n]+\t(TRUE|FALSE)\t[^\t\n]*\t(TRUE|FALSE)\t\\d+\t[^\t\n]+\t");

  /** What is in this text. */
  static CookieInput parse(String text) {
    Map<String, String> cookies = new LinkedHashMap<>();
    boolean headers = false;
    for (String line : text.split("\r?\n", -1)) {
      // Copied from curl -v, a line begins with a mark.
      String header = line.replaceFirst("^[<>]? ?", "");
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith(COOKIE)) {
        headers = true;
        pairs(header.substring(COOKIE.length()), cookies);
      } else if (lower.startsWith(SET_COOKIE)) {
        headers = true;
        pair(header.substring(SET_COOKIE.length()).split(";", 2)[0], cookies);
      }
    }
    if (headers) {
      return new CookieInput(cookies, null);
    }
    String value = text.strip();
    if (PAIR.matcher(value).matches()) {
      pairs(value, cookies);
      return new CookieInput(cookies, null);
    }
    return new CookieInput(cookies, value);
  }

  private static void pairs(String line, Map<String, String> cookies) {
    for (String pair : line.split(";", -1)) {
      pair(pair, cookies);
    }
  }

  private static void pair(String pair, Map<String, String> cookies) {
    int equals = pair.indexOf('=');
    if (equals > 0) {
      cookies.putIfAbsent(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
  }

  /**
   * What surrounds the value of a cookie in this text although it is not part of it, and how to
   * give the value without; null if nothing does.
   */
  static @Nullable String hint(String text, String value) {
    if (JAR_LINE.matcher(text).find()) {
      return "this is from a cookie jar, as curl writes it; give the last two columns of the line as"
          + " name=value";
    }
    String stray = StrayCharacter.in(value);
    if (stray == null) {
      String whole = StrayCharacter.in(text.strip());
      stray = whole != null && whole.startsWith("begins with") ? whole : null;
    }
    return stray == null ? null : "the text " + stray + ", which is not part of a value; remove it";
  }

  /** These cookies; a bare value gets this name. */
  Map<String, String> named(String name) {
    return bare == null ? cookies : Map.of(name, bare);
  }

  /** The names of cookies that may be the first, or only, one of a session. */
  Set<String> candidates() {
    Set<String> names = new LinkedHashSet<>(cookies.keySet());
    names.removeIf(name -> PART.matcher(name).matches());
    return names;
  }

  /** The text of the cookie with this name, put together if it was received in parts. */
  static String text(String name, Map<String, String> cookies) {
    String head = cookies.getOrDefault(name, "");
    Matcher prefix = CHUNK.matcher(head);
    if (!prefix.lookingAt()) {
      return head;
    }
    StringBuilder text = new StringBuilder(head.substring(prefix.end()));
    for (int i = 1; i < Integer.parseInt(prefix.group(1)); i++) {
      String part = cookies.getOrDefault(name + "." + i, "");
      text.append(part.startsWith(prefix.group()) ? part.substring(prefix.end()) : "");
    }
    return text.toString();
  }
}
