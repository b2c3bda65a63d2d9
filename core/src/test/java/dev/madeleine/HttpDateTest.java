package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HttpDateTest {
  private static String date(long epochSecond) {
    StringBuilder text = new StringBuilder("at ");
    HttpDate.append(text, epochSecond);
    return text.substring(3);
  }

  @Test
  void isTheExampleOfTheRfc() { // RFC 9110 section 5.6.7
    assertThat(date(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void isWhatTheJdkWrites() {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long second = random.nextLong(253_402_300_800L);
      assertThat(date(second)).isEqualTo(format.format(Instant.ofEpochSecond(second)));
    }
  }

  @Test
  void whatNoDateCanSayIsTheNearestThatCan() {
    assertThat(date(-1)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(date(Long.MIN_VALUE)).isEqualTo(date(0));
    assertThat(date(253_402_300_800L)).isEqualTo("Fri, 31 Dec 9999 23:59:59 GMT");
    assertThat(date(Long.MAX_VALUE)).isEqualTo(date(253_402_300_799L));
  }
}
