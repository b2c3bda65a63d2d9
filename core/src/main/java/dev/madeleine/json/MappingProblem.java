package dev.madeleine.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.ConcurrentModificationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why jackson-databind cannot carry a declared value, and what to do, in words of the application:
 * its classes and fields, never a value. Messages of others may quote one, so none is repeated.
 */
final class MappingProblem {
  private MappingProblem() {}

  /** Throws on if another thread changes the value. */
  static void throwIfChanging(Exception e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof ConcurrentModificationException || isOfCollection(at)) {
        throw new ConcurrentModificationException(at.getClass().getName());
      }
    }
  }

  /** Whether a collection of the JDK threw this, whose state was not as it thought. */
  static boolean isOfCollection(Throwable e) {
    if (e instanceof JacksonException || !(e instanceof RuntimeException)) {
      return false;
    }
    for (StackTraceElement frame : e.getStackTrace()) {
      String name = frame.getClassName();
      if (name.matches("java\\.util\\..*(List|Map|Set|Deque|Queue|Vector).*")) {
        return true;
      }
      if (!name.startsWith("java.") && !name.startsWith("jdk.internal.")) {
        return false; // A getter or the like.
      }
    }
    return false;
  }

  /** Whether a value was given up because it is too large. */
  static boolean isTooLarge(Exception e) {
    JsonGenerationException refused = find(JsonGenerationException.class, e);
    return refused != null && PlainGenerator.TOO_LARGE.equals(refused.getOriginalMessage());
  }

  static String ofWriting(Exception e) {
    JsonGenerationException refused = find(JsonGenerationException.class, e); // PlainGenerator's.
    if (refused != null) {
      return refused.getOriginalMessage() + where(e);
    }
    InvalidDefinitionException definition = find(InvalidDefinitionException.class, e);
    JavaType type = definition == null ? null : definition.getType();
    if (isAbstract(type)) {
      return ofDefinition(type, where(e));
    }
    if (definition != null) {
      return "%s has nothing that could be written%s; make it a record, or give it getters"
          .formatted(name(type), where(e));
    }
    return foreign(e, "a getter of the application");
  }

  static String ofReading(Exception e) {
    InvalidTypeIdException typeId = find(InvalidTypeIdException.class, e);
    if (typeId != null) {
      return "%s%s is not one of the words for its subclasses; write @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) and @JsonSubTypes with a word for each, as no cookie names a class"
          .formatted(name(typeId.getBaseType()), where(e));
    }
    InvalidDefinitionException definition = find(InvalidDefinitionException.class, e);
    if (definition != null) {
      return ofDefinition(definition.getType(), where(e));
    }
    MismatchedInputException mismatch = find(MismatchedInputException.class, e);
    if (mismatch != null) {
      Class<?> target = mismatch.getTargetType();
      return target != null && ConstructorNames.lacksNames(target)
          ? withoutConstructor(target.getTypeName(), where(e))
          : "what is written does not fit" + where(e);
    }
    return foreign(e, "a constructor or setter of the application");
  }

  private static String ofDefinition(@Nullable JavaType type, String where) {
    if (type == null) {
      return "its type cannot be mapped" + where;
    }
    Class<?> raw = type.getRawClass();
    if (isAbstract(type)) {
      return "%s%s is abstract, so nothing says which class comes back; register an AttributeConverter for it, or annotate it with @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) and @JsonSubTypes with a word for each subclass"
          .formatted(raw.getTypeName(), where);
    }
    return ConstructorNames.lacksNames(raw)
        ? withoutConstructor(raw.getTypeName(), where)
        : "%s%s cannot be built from text; declare a type of the list in docs/concepts.md, or register an AttributeConverter"
            .formatted(raw.getTypeName(), where);
  }

  /** Whether a type is a class or interface of the application's that has no objects itself. */
  private static boolean isAbstract(@Nullable JavaType type) {
    return type != null
        && type.isAbstract()
        && !type.isContainerType()
        && !type.getRawClass().getName().startsWith("java.");
  }

  private static String withoutConstructor(String type, String where) {
    return "%s%s has a constructor whose parameters have no names; make it a record, compile it with -parameters, annotate the parameters with @JsonProperty(\"name\"), or give it a constructor without parameters and setters"
        .formatted(type, where);
  }

  /** Something that is no finding of jackson-databind. */
  private static String foreign(Exception e, String thrower) {
    Throwable cause = e;
    while (cause instanceof JacksonException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ClassCastException || isOfReflection(cause)) {
      return "it holds something that is not of the declared type" + where(e);
    }
    return cause instanceof JacksonException
        ? "what is written does not fit, a map has a null key, or a field is there twice" + where(e)
        : "%s threw a %s%s".formatted(thrower, cause.getClass().getTypeName(), where(e));
  }

  /** Whether a getter was asked of an object that has none like it. */
  private static boolean isOfReflection(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return cause instanceof IllegalArgumentException
        && trace.length > 0
        && trace[0].getClassName().matches("(java\\.lang|jdk\\.internal)\\.(reflect|invoke)\\..*");
  }

  private static <E extends Exception> @Nullable E find(Class<E> kind, Exception e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }

  private static String name(@Nullable JavaType type) {
    return type == null ? "it" : type.getRawClass().getTypeName();
  }

  /** Where in the value, for example {@code at orders[].customer}; empty for the value itself. */
  static String where(Exception e) {
    StringBuilder path = new StringBuilder();
    JsonMappingException mapping = find(JsonMappingException.class, e);
    if (mapping != null) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        // Not the key of a map, which is the session's own data.
        boolean field = step.getFieldName() != null && !(step.getFrom() instanceof Map<?, ?>);
        path.append(field && !path.isEmpty() ? "." : "").append(field ? step.getFieldName() : "[]");
      }
    }
    return path.isEmpty() ? "" : " at " + path;
  }
}
