package dev.madeleine.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of one class as the same number of another: 2 as 2.0 and 2.0 as 2, but not 2.5 as 2.
 *
 * <p>Between whole numbers and any other class, the value is the same. Between fractions of two
 * classes the decimal text is the same: 0.1 is 0.1 as a float, a double and a decimal, though the
 * binary ones are no tenth.
 */
public final class LosslessNumber {
  private LosslessNumber() {}

  /**
   * The number of this class, or null if it would be another number, or the class of either is not
   * one of Byte, Short, Integer, Long, Float, Double, BigInteger and BigDecimal.
   *
   * @param number of at most a few hundred digits
   */
  public static <T> @Nullable T of(Number number, Class<T> type) {
    if (type.isInstance(number)) {
      return type.cast(number);
    }
    try {
      return type.cast(convert(number, type));
    } catch (ArithmeticException | NumberFormatException e) {
      return null; // A fraction, too large, or not finite.
    }
  }

  private static @Nullable Number convert(Number number, Class<?> type) {
    if (type == Integer.class) {
      return exact(number).intValueExact();
    }
    if (type == Long.class) {
      return exact(number).longValueExact();
    }
    if (type == Double.class) {
      double converted = number instanceof Float f ? writtenDouble(f) : exact(number).doubleValue();
      return isSame(number, converted) ? converted : null;
    }
    if (type == Float.class) {
      float converted = exact(number).floatValue();
      boolean zero = number.equals(-0.0);
      return zero ? (Number) (-0f) : isSame(number, converted) ? converted : null;
    }
    if (type == BigDecimal.class) {
      return isBinary(number) ? written(number) : exact(number);
    }
    if (type == BigInteger.class) {
      return exact(number).toBigIntegerExact();
    }
    if (type == Short.class) {
      return exact(number).shortValueExact();
    }
    return type == Byte.class ? exact(number).byteValueExact() : null;
  }

  private static double writtenDouble(Float number) {
    return Double.parseDouble(number.toString());
  }

  /** Whether a float or double is the same as a number. */
  private static boolean isSame(Number number, Number binary) {
    boolean fraction = isBinary(number) || number instanceof BigDecimal;
    return exact(binary).compareTo(exact(number)) == 0
        || (fraction && written(binary).compareTo(written(number)) == 0);
  }

  private static boolean isBinary(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  /** The very value. */
  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (isBinary(number)) {
      return new BigDecimal(number.doubleValue());
    }
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      return BigDecimal.valueOf(number.longValue());
    }
    throw new NumberFormatException("not a class of numbers that a session carries");
  }

  /** What the text of the number says. */
  private static BigDecimal written(Number number) {
    return isBinary(number) ? new BigDecimal(number.toString()) : exact(number);
  }
}
