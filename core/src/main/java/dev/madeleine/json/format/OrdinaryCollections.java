package dev.madeleine.json.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The classes of lists, sets and maps whose values come back as ArrayList, LinkedHashSet or
 * LinkedHashMap: these, the hashed ones, what the JDK has that cannot be changed, and parts of
 * lists. Sorted ones have an order of their own, which would be lost.
 */
public final class OrdinaryCollections {
  private static final Pattern UNCHANGEABLE =
      Pattern.compile(
          "java\\.util\\.(ImmutableCollections\\$.*"
              + "|Collections\\$(Unmodifiable|Empty|Singleton|Copies)(?!.*(Sorted|Navigable)).*"
              + "|Arrays\\$ArrayList|ArrayList\\$SubList|AbstractList\\$(RandomAccess)?SubList)");

  /** What is known of classes of {@code java.util}, which are never unloaded. */
  private static final Map<Class<?>, Boolean> KNOWN = new ConcurrentHashMap<>();

  static {
    KNOWN.put(ArrayList.class, true);
    KNOWN.put(LinkedHashSet.class, true);
    KNOWN.put(LinkedHashMap.class, true);
    KNOWN.put(HashSet.class, true);
    KNOWN.put(HashMap.class, true);
  }

  private OrdinaryCollections() {}

  /** Whether this is such a class. */
  public static boolean isOrdinary(Class<?> type) {
    Boolean known = KNOWN.get(type);
    if (known == null && type.getName().startsWith("java.util.")) {
      known = UNCHANGEABLE.matcher(type.getName()).matches();
      KNOWN.put(type, known);
    }
    return known != null && known;
  }
}
