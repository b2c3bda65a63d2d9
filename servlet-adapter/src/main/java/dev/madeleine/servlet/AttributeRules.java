package dev.madeleine.servlet;

import dev.madeleine.SessionEvent;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The one policy that says what becomes of an attribute, by its name or its type. */
final class AttributeRules {
  private final Map<String, Verdict> names;
  private final Map<Class<?>, Verdict> types;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  AttributeRules(Map<String, Verdict> names, Map<Class<?>, Verdict> types) {
    this.names = new LinkedHashMap<>(names);
    this.types = new LinkedHashMap<>(types);
  }

  /**
   * Whether this attribute travels with the session; otherwise it lives in its request only.
   *
   * @throws IllegalArgumentException if a rule refuses it
   */
  boolean isCarried(String name, Object value) {
    Verdict verdict = verdict(name, value);
    if (verdict == Verdict.REFUSE) {
      throw new IllegalArgumentException(
          "attribute \"%s\", a %s, is refused by a rule of the session filter"
              .formatted(name, value.getClass().getTypeName()));
    }
    return verdict == Verdict.CARRY;
  }

  private Verdict verdict(String name, Object value) {
    Verdict exact = names.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, Verdict> rule : names.entrySet()) {
      String pattern = rule.getKey();
      if (pattern.endsWith("*") && name.startsWith(pattern.substring(0, pattern.length() - 1))) {
        return rule.getValue();
      }
    }
    for (Map.Entry<Class<?>, Verdict> rule : types.entrySet()) {
      if (rule.getKey().isInstance(value)) {
        return rule.getValue();
      }
    }
    return Verdict.CARRY;
  }

  /** Reports an attribute that is not carried, the first time that one of its name is not. */
  void reportOnce(Exchange exchange, String name, Object value) {
    if (reported.size() < 1000 && reported.add(name)) {
      String type = value.getClass().getTypeName();
      exchange.report(new SessionEvent.AttributeNotCarried(exchange.cookieName(), name, type));
    }
  }
}
