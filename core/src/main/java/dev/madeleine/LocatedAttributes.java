package dev.madeleine;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a {@link Serializer} found in a text, in their order. The text was accepted
 * as a whole when it was read; a value may be built later, when it is first asked for.
 *
 * <p>Every attribute found is either among the {@link #names} or {@link #unreadable}. Safe for use
 * by several threads.
 */
public interface LocatedAttributes {
  /**
   * The names, in the order in which the attributes were written, without those that are
   * unreadable. Not to be changed.
   */
  Set<String> names();

  /**
   * The value of an attribute, the same object at each call; mutable if it is a list or a map.
   * Never throws: an attribute whose value cannot be built is unreadable from now on.
   *
   * @return null if there is no such attribute, if it is unreadable, or if null was written
   */
  @Nullable Object value(String name);

  /**
   * The names of attributes that could not be read, because their declaration is gone, they do not
   * fit it any more, or a later release wrote them with a type of its own. When values are built
   * late, these are the ones found so far: all of them once the names or every value was asked for.
   * Not to be changed.
   */
  Set<String> unreadable();

  /** Whether there is no attribute at all, readable or not. */
  default boolean isEmpty() {
    return names().isEmpty() && unreadable().isEmpty();
  }

  /** The readable attributes as a map that cannot be changed, and may be a value itself. */
  default Map<String, Object> asMap() {
    return Collections.unmodifiableMap(new AttributesView(this));
  }

  /**
   * Attributes whose values are built already.
   *
   * @param attributes not copied, and not to be changed any more
   */
  static LocatedAttributes of(Map<String, Object> attributes) {
    Objects.requireNonNull(attributes, "attributes");
    return new BuiltAttributes(attributes, Set.of());
  }

  /**
   * Attributes whose values are built already, but for some that could not be read.
   *
   * @param attributes not copied, and not to be changed any more
   * @param unreadable names that are not among the attributes; copied
   */
  static LocatedAttributes of(Map<String, Object> attributes, Collection<String> unreadable) {
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(unreadable, "unreadable");
    return new BuiltAttributes(attributes, new LinkedHashSet<>(unreadable));
  }
}
