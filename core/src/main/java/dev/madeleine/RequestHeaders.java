package dev.madeleine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, asked for when they are needed.
 *
 * <p>{@code Cookie} lines are read by ourselves (RFC 6265bis section 5.8.3): names are compared
 * byte for byte and never decoded, and an odd cookie beside ours costs us nothing.
 */
final class RequestHeaders {
  /** No headers at all. */
  static final RequestHeaders NONE = new RequestHeaders(name -> null);

  /** Most cookies of one name that are looked at. */
  static final int MAX_CANDIDATES = 4;

  private static final String COOKIE = "Cookie";

  private final Function<String, ? extends @Nullable List<String>> source;
  private @Nullable List<String> cookieLines;

  RequestHeaders(Function<String, ? extends @Nullable List<String>> source) {
    this.source = Objects.requireNonNull(source, "requestHeaders");
  }

  /**
   * The lines of a header in their order. If there are none, the lower-case name is asked for too:
   * HTTP/2 has lower-case names, and a plain map tells upper from lower case.
   */
  List<String> lines(String name) {
    List<String> lines = source.apply(name);
    if (lines == null || lines.isEmpty()) {
      String lower = name.equals(COOKIE) ? "cookie" : name.toLowerCase(Locale.ROOT);
      lines = lower.equals(name) ? lines : source.apply(lower);
    }
    return lines == null ? List.of() : lines;
  }

  /** The first different non-empty values of the cookies with this name. */
  List<String> cookies(String name) {
    List<String> values = List.of();
    for (String line : cookieLines()) {
      int end;
      for (int start = 0; start < line.length(); start = end + 1) {
        end = endOfPair(line, start);
        int from = skipSpace(line, start, end);
        if (line.startsWith(name, from)) {
          values = withValue(values, line, from + name.length(), end);
        }
      }
    }
    return values;
  }

  /**
   * The same for this name and {@code name.1}, {@code name.2}, … at once, by number: 0 is the name
   * itself.
   *
   * @param count how many names
   */
  List<List<String>> numberedCookies(String name, int count) {
    List<List<String>> all = new ArrayList<>(Collections.nCopies(count, List.of()));
    for (String line : cookieLines()) {
      int end;
      for (int start = 0; start < line.length(); start = end + 1) {
        end = endOfPair(line, start);
        int from = skipSpace(line, start, end);
        if (line.startsWith(name, from)) {
          int suffix = from + name.length();
          int afterSuffix = skipSuffix(line, suffix, end);
          int number = number(line, suffix, afterSuffix);
          if (number >= 0 && number < count) {
            all.set(number, withValue(all.get(number), line, afterSuffix, end));
          }
        }
      }
    }
    return all;
  }

  private List<String> cookieLines() {
    List<String> lines = cookieLines;
    if (lines == null) {
      lines = lines(COOKIE);
      cookieLines = lines;
    }
    return lines;
  }

  private static int endOfPair(String line, int start) {
    int end = line.indexOf(';', start);
    return end < 0 ? line.length() : end;
  }

  /** Behind a dot and the digits that follow. */
  private static int skipSuffix(String line, int start, int end) {
    int at = start;
    if (at < end && line.charAt(at) == '.') {
      at++;
      while (at < end && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
        at++;
      }
    }
    return at;
  }

  /** 0 for no suffix, 7 for {@code .7}; -1 for a number that nobody writes so, or above 99. */
  private static int number(String line, int start, int end) {
    int digits = end - start - 1;
    if (digits < 0) {
      return 0;
    }
    boolean written = digits >= 1 && digits <= 2 && line.charAt(start + 1) != '0';
    return written ? Integer.parseInt(line, start + 1, end, 10) : -1;
  }

  /** The values, with the one of this pair if it is another, not empty, and there is space left. */
  private static List<String> withValue(List<String> values, String line, int afterName, int end) {
    int equals = skipSpace(line, afterName, end);
    if (values.size() == MAX_CANDIDATES || equals >= end || line.charAt(equals) != '=') {
      return values;
    }
    int first = skipSpace(line, equals + 1, end);
    int last = end;
    while (last > first && isSpace(line.charAt(last - 1))) {
      last--;
    }
    if (first == last) {
      return values;
    }
    String value = line.substring(first, last);
    if (values.isEmpty()) {
      return List.of(value);
    }
    if (values.contains(value)) {
      return values;
    }
    List<String> more = new ArrayList<>(values);
    more.add(value);
    return more;
  }

  private static int skipSpace(String header, int from, int end) {
    int at = from;
    while (at < end && isSpace(header.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
