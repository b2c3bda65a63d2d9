package dev.madeleine.encoders;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as JavaScript has them: all are doubles, and their text is {@code Number::toString} of
 * ECMA-262 section 6.1.6.1.20.
 *
 * <p>{@code Double.toString} is not that text: before JDK 19 it often has more digits than needed,
 * and on every JDK at least two (4.9E-324, JavaScript 5e-324).
 */
final class EcmaNumber {
  /** Every integer up to here is a double, and JavaScript prints it as Java does. */
  private static final long MAX_EXACT = 1L << 53;

  private static final double TWO_TO_63 = 0x1p63;

  /** Integers from here on are printed with an exponent. */
  private static final int MAX_INTEGER_DIGITS = 21;

  private EcmaNumber() {}

  /**
   * What a number of JavaScript is here: an Integer or a Long if JavaScript prints an integer that
   * fits, otherwise a Double. So what is read and written again has the same text.
   *
   * @param number a finite number
   */
  static Number fromJavaScript(double number) {
    if (number != Math.rint(number) || Math.abs(number) >= TWO_TO_63) {
      return number;
    }
    long exact = Math.abs(number) <= MAX_EXACT ? (long) number : Long.parseLong(toString(number));
    if (exact == (int) exact) {
      return (int) exact;
    }
    return exact;
  }

  /** Whether JavaScript prints the integer as it is, neither rounded nor with an exponent. */
  static boolean isExact(long number) {
    return (-MAX_EXACT <= number && number <= MAX_EXACT)
        || Long.toString(number).equals(toString((double) number));
  }

  /** Whether a double comes back as a Double and not as the integer that JavaScript prints. */
  static boolean staysDouble(double number) {
    return fromJavaScript(number) instanceof Double;
  }

  /**
   * The text of a finite number.
   *
   * @throws ArithmeticException if it is not finite
   */
  static String toString(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(number)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return (number < 0 ? "-" : "") + layout(digits, point);
  }

  /** The digits with a point behind the first {@code point} of them, or with an exponent. */
  private static String layout(String digits, int point) {
    int length = digits.length();
    if (point > MAX_INTEGER_DIGITS || point <= -6) {
      int exponent = point - 1;
      String fraction = length == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= length
        ? digits + "0".repeat(point - length)
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  /** The decimal of fewest digits that is read as this number; of several the closest. */
  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    BigDecimal best = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int digits = best.precision();
    // Double.toString may have the right count but not the closest digits, so that is tried first.
    BigDecimal shorter = closest(number, exact, digits);
    while (shorter != null) {
      best = shorter;
      digits--;
      shorter = digits == 0 ? null : closest(number, exact, digits);
    }
    return best;
  }

  /** The closest decimal of this many digits that is read as the number, or null if none is. */
  private static @Nullable BigDecimal closest(double number, BigDecimal exact, int digits) {
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearest.doubleValue() == number) {
      return nearest;
    }
    // At a power of two the doubles above lie further apart than those below.
    BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
    return above.doubleValue() == number ? above : null;
  }
}
