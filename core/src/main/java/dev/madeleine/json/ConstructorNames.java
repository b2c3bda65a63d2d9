package dev.madeleine.json;

import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What jackson-databind is told about classes without annotations: the names of constructor
 * parameters, where the compiler kept them, and the fields of classes without getters.
 */
final class ConstructorNames extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public @Nullable String findImplicitPropertyName(AnnotatedMember member) {
    if (member instanceof AnnotatedParameter annotated
        && annotated.getOwner().getMember() instanceof Executable executable) {
      Parameter[] parameters = executable.getParameters();
      int index = annotated.getIndex();
      return index < parameters.length && parameters[index].isNamePresent()
          ? parameters[index].getName()
          : null;
    }
    return null;
  }

  @Override
  public VisibilityChecker<?> findAutoDetectVisibility(
      AnnotatedClass type, VisibilityChecker<?> checker) {
    return hasGetters(type.getRawType())
        ? checker
        : checker.withFieldVisibility(
            com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.ANY);
  }

  /** Whether a class shows its values by getters, or is none of the application's. */
  private static boolean hasGetters(Class<?> type) {
    return type.isRecord()
        || type.isEnum()
        || type.getName().startsWith("java.")
        || Arrays.stream(type.getMethods()).anyMatch(ConstructorNames::isGetter);
  }

  private static boolean isGetter(Method method) {
    String name = method.getName();
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && method.getDeclaringClass() != Object.class
        && (name.startsWith("get") || name.startsWith("is"));
  }

  /** Whether nothing says which values the constructors of a class take. */
  static boolean lacksNames(Class<?> type) {
    return !type.isRecord()
        && !type.isArray()
        && !type.getName().startsWith("java.")
        && type.getDeclaredConstructors().length > 0
        && Arrays.stream(type.getDeclaredConstructors()).noneMatch(ConstructorNames::isUsable);
  }

  private static boolean isUsable(Constructor<?> constructor) {
    return Arrays.stream(constructor.getParameters()).allMatch(Parameter::isNamePresent);
  }
}
