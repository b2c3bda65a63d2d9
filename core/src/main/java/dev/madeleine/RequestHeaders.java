package dev.madeleine;

import java.util.ArrayList;
import java.util.List;
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

  private final Function<String, ? extends @Nullable List<String>> source;
  private @Nullable List<String> cookieLines;

  RequestHeaders(Function<String, ? extends @Nullable List<String>> source) {
    this.source = source;
  }

  /** The lines of a header in their order. */
  List<String> lines(String name) {
    List<String> lines = source.apply(name);
    return lines == null ? List.of() : lines;
  }

  /** The first different non-empty values of the cookies with this name. */
  List<String> cookies(String name) {
    List<String> lines = cookieLines;
    if (lines == null) {
      lines = lines("Cookie");
      cookieLines = lines;
    }
    List<String> values = new ArrayList<>(1);
    for (String header : lines) {
      int end;
      for (int start = 0;
          start < header.length() && values.size() < MAX_CANDIDATES;
          start = end + 1) {
        end = header.indexOf(';', start);
        end = end < 0 ? header.length() : end;
        String value = value(name, header, start, end);
        if (value != null && !value.isEmpty() && !values.contains(value)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /**
   * The value of the pair between start and end if it has this name, without white space around.
   */
  private static @Nullable String value(String name, String header, int start, int end) {
    int from = skipSpace(header, start, end);
    if (!header.startsWith(name, from)) {
      return null;
    }
    int equals = skipSpace(header, from + name.length(), end);
    if (equals >= end || header.charAt(equals) != '=') {
      return null;
    }
    int first = skipSpace(header, equals + 1, end);
    int last = end;
    while (last > first && isSpace(header.charAt(last - 1))) {
      last--;
    }
    return header.substring(first, last);
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
