package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk said.
 *
 * @param requests those that were answered
 * @param perSecond requests per second of the clock on the wall
 */
record WrkReport(long requests, double perSecond) {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

  // wrk writes these lines only when there is something to say.
  private static final Pattern ERRORS =
      Pattern.compile("Socket errors: .*|Non-2xx or 3xx responses: .*");

  /**
   * Reads a report.
   *
   * @throws IOException if a request failed, or it is not a report
   */
  static WrkReport parse(String text) throws IOException {
    Matcher errors = ERRORS.matcher(text);
    if (errors.find()) {
      throw new IOException("wrk: " + errors.group());
    }
    Matcher requests = REQUESTS.matcher(text);
    Matcher perSecond = PER_SECOND.matcher(text);
    if (!requests.find() || !perSecond.find()) {
      throw new IOException("wrk wrote no report: " + text);
    }
    long count = Long.parseLong(requests.group(1));
    if (count == 0) {
      throw new IOException("wrk: no request was answered");
    }
    return new WrkReport(count, Double.parseDouble(perSecond.group(1)));
  }
}
