package dev.madeleine.json;

import dev.madeleine.json.format.OrdinaryCollections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of collections, as {@link TypeTag} is of other types: each comes back as the same
 * class, but for the ordinary ones, which have no tag of their own. A hash map or set comes back as
 * the linked one, which keeps its order, and what cannot be changed as what can.
 *
 * <p>What a tag holds is a list for lists and sets, a map for maps, as they are written without.
 */
@SuppressWarnings("JdkObsolete") // Applications hold them, so a session carries them.
enum CollectionType {
  /** Any list without a class to keep. */
  LIST(null, ArrayList.class),
  /** Any set without a class to keep. */
  SET("~set", LinkedHashSet.class),
  /** Any map without a class to keep. */
  MAP(null, LinkedHashMap.class),
  LINKED_LIST("~linkedlist", LinkedList.class),
  VECTOR("~vector", Vector.class),
  STACK("~stack", Stack.class),
  COPY_ON_WRITE_LIST("~copyonwritelist", CopyOnWriteArrayList.class),
  TREE_SET("~treeset", TreeSet.class),
  TREE_MAP("~treemap", TreeMap.class),
  CONCURRENT_MAP("~concurrentmap", ConcurrentHashMap.class),
  HASHTABLE("~hashtable", Hashtable.class);

  /** What a tree set may hold, all of one. */
  private static final Set<Class<?>> ORDERED = Set.of(String.class, Integer.class, Long.class);

  private static final Map<Class<?>, CollectionType> BY_CLASS = new HashMap<>();
  private static final Map<String, CollectionType> BY_TAG = new HashMap<>();

  static {
    for (CollectionType type : values()) {
      BY_CLASS.put(type.type, type);
      if (type.tag != null) {
        BY_TAG.put(type.tag, type);
      }
    }
  }

  private final @Nullable String tag;
  private final Class<?> type;

  CollectionType(@Nullable String tag, Class<?> type) {
    this.tag = tag;
    this.type = type;
  }

  /** The type for values of exactly this class, or null. */
  static @Nullable CollectionType of(Class<?> type) {
    CollectionType known = BY_CLASS.get(type);
    if (known != null || !OrdinaryCollections.isOrdinary(type)) {
      return known;
    }
    return List.class.isAssignableFrom(type)
        ? LIST
        : Set.class.isAssignableFrom(type) ? SET : Map.class.isAssignableFrom(type) ? MAP : null;
  }

  /** The type with this tag, or null. */
  static @Nullable CollectionType named(String tag) {
    return BY_TAG.get(tag);
  }

  /** The key of the one-entry object; null if there is none around it. */
  @Nullable String tag() {
    return tag;
  }

  /** The class that comes back. */
  Class<?> type() {
    return type;
  }

  boolean isMap() {
    return Map.class.isAssignableFrom(type);
  }

  boolean isSet() {
    return Set.class.isAssignableFrom(type);
  }

  /** Whether a map of this type has its names in ascending order. */
  boolean hasOrderedNames() {
    return isMap() && this != MAP;
  }

  /** Why a value of this type would not come back as it is, or null. */
  static @Nullable String refusal(Object value) {
    boolean compares =
        (value instanceof SortedMap<?, ?> map && map.comparator() != null)
            || (value instanceof SortedSet<?> set && set.comparator() != null);
    if (compares) {
      return "it has a comparator, which a session cannot hold";
    }
    return value instanceof TreeSet<?> set && !isInKnownOrder(set)
        ? "its elements are not all of String, all of Integer or all of Long"
        : null;
  }

  /** Whether the order of the elements is one that the format knows. */
  private static boolean isInKnownOrder(Collection<?> elements) {
    Class<?> type = null;
    for (Object element : elements) {
      if (element == null
          || (type != null && type != element.getClass())
          || !ORDERED.contains(element.getClass())) {
        return false;
      }
      type = element.getClass();
    }
    return true;
  }

  /**
   * The list or set of the elements that a tag holds.
   *
   * @throws RuntimeException if there is none, or it would be written in another way
   */
  Collection<Object> of(List<Object> elements) {
    requireSame(this != TREE_SET || isInKnownOrder(elements));
    Collection<Object> built =
        switch (this) {
          case SET -> new LinkedHashSet<>(elements);
          case TREE_SET -> new TreeSet<>(elements);
          case LINKED_LIST -> new LinkedList<>(elements);
          case VECTOR -> new Vector<>(elements);
          case COPY_ON_WRITE_LIST -> new CopyOnWriteArrayList<>(elements);
          case STACK -> new Stack<>();
          default -> throw new IllegalArgumentException("not a list");
        };
    if (this == STACK) {
      built.addAll(elements);
    }
    requireSame(
        this == TREE_SET
            ? new ArrayList<>(built).equals(elements)
            : built.size() == elements.size());
    return built;
  }

  /**
   * The map of the one that a tag holds.
   *
   * @throws RuntimeException if there is none, or it would be written in another way
   */
  Map<String, Object> of(Map<String, Object> plain) {
    requireSame(isAscending(plain.keySet()));
    return switch (this) {
      case TREE_MAP -> new TreeMap<>(plain);
      case CONCURRENT_MAP -> new ConcurrentHashMap<>(plain);
      case HASHTABLE -> new Hashtable<>(plain);
      default -> throw new IllegalArgumentException("not a map");
    };
  }

  private static boolean isAscending(Set<String> names) {
    String before = null;
    for (String name : names) {
      if (before != null && before.compareTo(name) >= 0) {
        return false;
      }
      before = name;
    }
    return true;
  }

  private static void requireSame(boolean same) {
    if (!same) {
      throw new IllegalArgumentException("not the one form of this collection");
    }
  }
}
