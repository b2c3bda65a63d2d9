package dev.madeleine.internal;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A line of a log as names and values, {@code event=Rejected cookie=sid reason=EXPIRED
 * message="…"}: values with white space, a quotation mark or an equals sign are quoted, with {@code
 * \} before a quotation mark or another {@code \}.
 */
public final class LogLine {
  private static final Pattern PLAIN = Pattern.compile("[^\\s\"=\\\\\\p{Cc}]+");

  private final StringBuilder line = new StringBuilder();

  /**
   * A line about an event.
   *
   * @param event the name of its kind
   */
  public LogLine(String event) {
    with("event", event);
  }

  /** This line with one more value. */
  public LogLine with(String name, Object value) {
    String text = value.toString();
    line.append(line.isEmpty() ? "" : " ").append(name).append('=');
    line.append(PLAIN.matcher(text).matches() ? text : quoted(text));
    return this;
  }

  /** This line with these values, in their order. */
  public LogLine with(Map<String, ?> values) {
    values.forEach(this::with);
    return this;
  }

  private static String quoted(String text) {
    String printable = text.replaceAll("\\p{Cc}", "?");
    return '"' + printable.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
