package dev.madeleine.json;

import dev.madeleine.AttributeConverter;
import dev.madeleine.internal.DeclarationText;
import dev.madeleine.internal.PrintableName;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What to do about a value that is not carried, as messages say it. */
final class HowTo {
  private HowTo() {}

  /**
   * How to carry a value of a class that nobody knows here.
   *
   * @param root the value of the attribute, in which it stands
   */
  static String carry(String attribute, Object root, Object value, Converters converters) {
    AttributeConverter<?> exact = converters.ofSuperclass(value.getClass());
    if (exact != null) {
      return "the converter \"%s\" is for exactly %s; write .withSubclasses()"
          .formatted(exact.word(), exact.type().getTypeName());
    }
    String name = value.getClass().getSimpleName();
    String convert =
        "register a converter, SessionsBuilder.converters(AttributeConverter.of(word, %s.class, toPlain, fromPlain))"
            .formatted(name.isEmpty() ? "Type" : name);
    return value instanceof Collection<?> || value instanceof Map<?, ?>
        ? copy(value) + ", or " + convert
        : (mayDeclare(attribute, root, converters) ? declare(attribute, root) + ", " : "")
            + convert
            + ", or store a value of the list in docs/concepts.md";
  }

  /**
   * Whether a declaration helps: it would take the place of the converters of what stands there.
   */
  private static boolean mayDeclare(String attribute, Object root, Converters converters) {
    return DeclarationText.says(root) && !converters.areIn(attribute, root);
  }

  /** What to do about the key of a map that is no text. */
  static String key(String attribute, Object root) {
    return DeclarationText.says(root)
        ? "must be strings, unless it is declared: " + declare(attribute, root)
        : "must be strings";
  }

  /** How to declare an attribute that has this value. */
  static String declare(String attribute, Object root) {
    return "declare its type where the sessions are built, SessionsBuilder.attributes(Attribute.of(\"%s\", %s))"
        .formatted(PrintableName.of(attribute), DeclarationText.ofValue(root));
  }

  /** How to carry the elements of a collection without its class. */
  static String copy(Object collection) {
    return "put a copy, new %s<>(value), if it is the elements that matter"
        .formatted(
            collection instanceof Map<?, ?>
                ? "LinkedHashMap"
                : collection instanceof Set<?> ? "LinkedHashSet" : "ArrayList");
  }
}
