package dev.madeleine.json;

import dev.madeleine.AttributeConverter;
import dev.madeleine.internal.PrintableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares an attribute with converters in it with what was read back: each such value by its
 * class's own equals if it has one, otherwise by its plain values.
 */
final class RoundTrip {
  private final Converters converters;

  /** The converter of the value that differs. */
  private @Nullable AttributeConverter<?> different;

  private RoundTrip(Converters converters) {
    this.converters = converters;
  }

  /**
   * Checks that a value was read back equal.
   *
   * @throws IllegalArgumentException if not; names attribute, class and word
   */
  static void requireEqual(
      Converters converters, String attribute, Object value, @Nullable Object back) {
    RoundTrip trip = new RoundTrip(converters);
    AttributeConverter<?> own = converters.ofAttribute(attribute);
    boolean same = own == null ? trip.isSame(value, back) : trip.isSameConverted(own, value, back);
    if (!same) {
      AttributeConverter<?> converter = trip.different;
      throw new IllegalArgumentException(
          converter == null
              ? "attribute \"%s\" comes back different; check the equals of what it holds, and its declaration if it has one"
                  .formatted(PrintableName.of(attribute))
              : "attribute \"%s\": a %s comes back different from the converter \"%s\"; check what it writes, what it reads, and equals"
                  .formatted(
                      PrintableName.of(attribute),
                      converter.type().getTypeName(),
                      converter.word()));
    }
  }

  private boolean isSame(@Nullable Object value, @Nullable Object back) {
    AttributeConverter<?> converter = value == null ? null : converters.of(value);
    if (value != null && converter != null) {
      return isSameConverted(converter, value, back);
    }
    if (value instanceof Map<?, ?> map && back instanceof Map<?, ?> other) {
      return map.size() == other.size()
          && map.entrySet().stream()
              .allMatch(
                  entry ->
                      other.containsKey(entry.getKey())
                          && isSame(entry.getValue(), other.get(entry.getKey())));
    }
    if (value instanceof Collection<?> elements && back instanceof Collection<?> others) {
      return elements.size() == others.size() && haveSameElements(elements, others);
    }
    return Objects.deepEquals(value, back);
  }

  /** Lists are equal in their order, sets in any. */
  private boolean haveSameElements(Collection<?> elements, Collection<?> others) {
    List<Object> left = new ArrayList<>(others);
    for (Object element : elements) {
      Iterator<Object> rest = left.iterator();
      boolean same = isSame(element, rest.next());
      while (!same && elements instanceof Set<?> && rest.hasNext()) {
        same = isSame(element, rest.next());
      }
      if (!same) {
        return false;
      }
      different = null; // It was found in another place.
      rest.remove();
    }
    return true;
  }

  private boolean isSameConverted(
      AttributeConverter<?> converter, Object value, @Nullable Object back) {
    boolean same;
    try {
      same =
          back != null
              && (isComparedByEquals(converter, value)
                  ? value.equals(back)
                  : mayStandFor(converter, value, back)
                      && isSame(
                          Converters.plain(converter, value), Converters.plain(converter, back)));
    } catch (Exception e) { // Of equals, or of a function that takes its own value only once.
      same = false;
    }
    if (!same) {
      different = converter;
    }
    return same;
  }

  private static boolean isComparedByEquals(AttributeConverter<?> converter, Object value) {
    return !converter.comparesPlainValues() && OwnEquals.isIn(value.getClass());
  }

  /** Whether a value of this class may come back as one of that. */
  private static boolean mayStandFor(AttributeConverter<?> converter, Object value, Object back) {
    return converter.comparesPlainValues() || value.getClass() == back.getClass();
  }
}
