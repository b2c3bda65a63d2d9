package dev.madeleine.demo;

import dev.madeleine.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the page says for times, attributes and reasons. */
final class PlainWords {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private PlainWords() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** How long ago something was: "12 seconds ago". */
  static String ago(Instant then, Instant now) {
    long seconds = Duration.between(then, now).toSeconds();
    return seconds < 1 ? "just now" : span(Duration.ofSeconds(seconds)) + " ago";
  }

  /** A duration in its largest unit: "30 minutes". */
  static String span(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 2 * DAY) {
      return count(seconds / DAY, "day");
    }
    if (seconds >= 2 * HOUR) {
      return count(seconds / HOUR, "hour");
    }
    return seconds >= 2 * MINUTE ? count(seconds / MINUTE, "minute") : count(seconds, "second");
  }

  private static String count(long number, String unit) {
    return "%d %s%s".formatted(number, unit, number == 1 ? "" : "s");
  }

  /** What an attribute of the cookie asks of the browser, or null if this is none. */
  static @Nullable String manner(String attribute) {
    return switch (attribute) {
      case "Path=/" -> "goes along with every request to this host";
      case "Secure" -> "only over https, or to this very machine";
      case "HttpOnly" -> "no script can read it";
      case "SameSite=Lax" -> "stays at home when other sites make requests, links apart";
      default -> null;
    };
  }

  /** Why a cookie was not believed. */
  static String why(RejectionReason reason) {
    return switch (reason) {
      case TOO_LONG -> "it is longer than any cookie this server writes";
      case MALFORMED ->
          "it is not the text of any session: a character is wrong, or some are missing";
      case UNKNOWN_VERSION -> "its first bytes name a format that this server does not know";
      case INCOMPLETE -> "a part of it is missing, or its parts are of different writes";
      case REVOKED_KEY -> "it was sealed with a key that has been revoked";
      case RETIRED -> "it is of a kind that is not read any more";
      case UNKNOWN_KEY -> "it names a key that this server does not hold, or holds no more";
      case BAD_SEAL ->
          "its seal does not fit: something in it was changed, or it is meant for another use";
      case BAD_PAYLOAD -> "its seal is good, but its content breaks the rules";
      case EXPIRED -> "it has expired";
      case NOT_YET_VALID -> "it comes from the future; the clocks of two servers disagree";
      case REVOKED -> "its session was ended on the server";
      case REFUSED -> "a condition of the application does not hold for this request";
      case UNDATED -> "it does not say how old it is";
      case AMBIGUOUS -> "valid ones of two different users were received at once";
    };
  }
}
