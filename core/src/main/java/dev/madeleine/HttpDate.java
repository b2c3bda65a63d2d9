package dev.madeleine;

import java.time.LocalDate;

/** A date as headers have it: IMF-fixdate, in GMT (RFC 9110 section 5.6.7). */
final class HttpDate {
  private static final String DAYS = "ThuFriSatSunMonTueWed"; // 1970 began on a Thursday.
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int DAY = 86_400;
  private static final int ABBREVIATION = 3;

  /** The last second that has a year of four digits. */
  private static final long LAST = 253_402_300_799L;

  private HttpDate() {}

  /**
   * Appends a date.
   *
   * @param epochSecond since 1970; what lies outside 1970 to 9999 becomes the nearest that does not
   */
  static void append(StringBuilder text, long epochSecond) {
    long second = Math.max(0, Math.min(LAST, epochSecond));
    long day = second / DAY;
    int time = (int) (second % DAY);
    LocalDate date = LocalDate.ofEpochDay(day);
    abbreviation(text, DAYS, (int) (day % 7)).append(", ");
    twoDigits(text, date.getDayOfMonth()).append(' ');
    abbreviation(text, MONTHS, date.getMonthValue() - 1).append(' ');
    text.append(date.getYear()).append(' ');
    twoDigits(text, time / 3600).append(':');
    twoDigits(text, time / 60 % 60).append(':');
    twoDigits(text, time % 60).append(" GMT");
  }

  private static StringBuilder abbreviation(StringBuilder text, String all, int number) {
    return text.append(all, ABBREVIATION * number, ABBREVIATION * (number + 1));
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
