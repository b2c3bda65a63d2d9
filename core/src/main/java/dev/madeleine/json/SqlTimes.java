package dev.madeleine.json;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * The times of {@code java.sql}, as text that depends on no time zone: an instant with its
 * nanoseconds for a timestamp, milliseconds since 1970 for a date and a time. Linking this class
 * needs the module java.sql.
 */
@SuppressWarnings("JavaUtilDate") // Applications hold them, so declared types carry them.
final class SqlTimes {
  private SqlTimes() {}

  static void addTo(JavaTypesModule module) {
    module.addText(
        Timestamp.class,
        timestamp -> timestamp.toInstant().toString(),
        text -> Timestamp.from(Instant.parse(text)));
    module.addText(
        Date.class, date -> Long.toString(date.getTime()), text -> new Date(Long.parseLong(text)));
    module.addText(
        Time.class, time -> Long.toString(time.getTime()), text -> new Time(Long.parseLong(text)));
  }
}
