package dev.madeleine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LosslessNumberTest {
  private static final List<Class<? extends Number>> TYPES =
      List.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private static void assertBecomes(Number number, Number other) {
    assertThat(LosslessNumber.of(number, other.getClass())).isEqualTo(other);
  }

  private static void assertIsNo(Number number, Class<? extends Number> type) {
    assertThat(LosslessNumber.of(number, type)).as("%s as %s", number, type).isNull();
  }

  @Test
  void theSameNumberOfAnotherClass() {
    assertBecomes(1, 1L);
    assertBecomes(1L, 1);
    assertBecomes(2, 2.0);
    assertBecomes(2.0, 2);
    assertBecomes(2.0, (byte) 2);
    assertBecomes(2, 2f);
    assertBecomes(2, BigDecimal.valueOf(2));
    assertBecomes(2.0, BigInteger.TWO);
    assertBecomes(-0.0, -0f);
    assertBecomes(1L << 60, (double) (1L << 60));
    assertBecomes((double) (1L << 60), 1L << 60);
    assertBecomes(Double.MAX_VALUE, new BigDecimal("1.7976931348623157E308"));
  }

  @Test
  void aTenthIsATenthInEachClassOfFractions() {
    assertBecomes(0.1, 0.1f);
    assertBecomes(0.1f, 0.1);
    assertBecomes(0.1, new BigDecimal("0.1"));
    assertBecomes(new BigDecimal("0.1"), 0.1);
    assertBecomes(new BigDecimal("0.1"), 0.1f);
  }

  @Test
  void nothingThatWouldBeAnotherNumber() {
    assertIsNo(2.5, Integer.class);
    assertIsNo(1L << 40, Integer.class);
    assertIsNo(128, Byte.class);
    assertIsNo((1L << 53) + 1, Double.class);
    assertIsNo((1 << 24) + 1, Float.class);
    assertIsNo(1e300, Float.class);
    assertIsNo(0.123456789, Float.class);
    assertIsNo(1e300, Long.class);
    assertIsNo(1152921504606847000L, Double.class); // Though its text is that of 2 to the 60.
    assertIsNo(new BigDecimal("0.12345678901234567890"), Double.class);
    assertIsNo(BigInteger.TEN.pow(20), Long.class);
    assertIsNo(Double.NaN, Integer.class);
    assertIsNo(Double.POSITIVE_INFINITY, BigDecimal.class);
    assertIsNo(new AtomicInteger(1), Integer.class);
  }

  @Test
  void whateverIsConvertedComesBackEqual() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      Number number = number(random, TYPES.get(random.nextInt(TYPES.size())));
      for (Class<? extends Number> type : TYPES) {
        Number converted = LosslessNumber.of(number, type);
        if (converted != null) {
          Number back = LosslessNumber.of(converted, number.getClass());
          assertThat(back).as("%s as %s", number, type).isNotNull();
          // From JDK 19 on the text of a float or double is the shortest one, also of a whole
          // number.
          if (converted instanceof Float || number instanceof Float) {
            assertThat(back.floatValue()).isEqualTo(number.floatValue());
          } else if (converted instanceof Double || number instanceof Double) {
            assertThat(back.doubleValue()).isEqualTo(number.doubleValue());
          } else {
            assertThat(text(back)).isEqualByComparingTo(text(number));
          }
        }
      }
    }
  }

  private static BigDecimal text(Number number) {
    return new BigDecimal(number.toString());
  }

  private static Number number(Random random, Class<? extends Number> type) {
    double fraction = random.nextInt(1000) / 8.0;
    long bits = random.nextLong() >> random.nextInt(64);
    boolean small = random.nextBoolean();
    if (type == Double.class) {
      return small ? fraction : (double) bits;
    }
    if (type == Float.class) {
      return small ? (float) fraction : random.nextFloat();
    }
    if (type == BigDecimal.class) {
      return BigDecimal.valueOf(bits, random.nextInt(20));
    }
    if (type == BigInteger.class) {
      return BigInteger.valueOf(bits).pow(1 + random.nextInt(3));
    }
    Number whole = LosslessNumber.of(bits, type);
    return whole == null ? LosslessNumber.of(random.nextInt(100), type) : whole;
  }
}
