package dev.madeleine.demo;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the code of others can use of a module: the public and protected types of the packages that
 * it exports to everybody, and their members. A package that is exported to certain modules only is
 * internal.
 */
final class PublicApi {
  private static final int SHOWN =
      Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

  private PublicApi() {}

  /** One line for each type and each member, with its full signature, sorted. */
  static List<String> of(ModuleReference module) throws IOException {
    Set<String> lines = new TreeSet<>();
    Set<String> exported = exportedPackages(module.descriptor());
    try (ModuleReader reader = module.open()) {
      for (String file : reader.list().filter(name -> name.endsWith(".class")).toList()) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        int dot = name.lastIndexOf('.');
        if (dot > 0 && exported.contains(name.substring(0, dot)) && !name.endsWith("-info")) {
          Class<?> type = load(name);
          if (isVisible(type)) {
            lines(type).map(line -> line.replace('$', '.')).forEach(lines::add);
          }
        }
      }
    }
    return List.copyOf(lines);
  }

  /** The module in this directory or jar, if there is one. */
  static Stream<ModuleReference> in(Path location) {
    return ModuleFinder.of(location).findAll().stream();
  }

  private static Set<String> exportedPackages(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Stream<String> lines(Class<?> type) {
    Stream.Builder<String> lines = Stream.builder();
    String name = type.getTypeName();
    lines.add(name + " : " + declaration(type));
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isVisible(constructor)) {
        lines.add(name + ".new : " + declaration(constructor));
      }
    }
    for (Class<?> each : withHiddenParents(type)) {
      for (Field field : each.getDeclaredFields()) {
        if (isVisible(field)) {
          lines.add(name + "." + field.getName() + " : " + declaration(field));
        }
      }
      for (Method method : each.getDeclaredMethods()) {
        if (isVisible(method)) {
          lines.add(name + "." + method.getName() + " : " + declaration(method));
        }
      }
    }
    return lines.build();
  }

  private static boolean isVisible(Member member) {
    return isVisible(member.getModifiers()) && !member.isSynthetic();
  }

  /** The type, and the types that it inherits from and nobody can name. */
  private static Set<Class<?>> withHiddenParents(Class<?> type) {
    Set<Class<?>> types = new LinkedHashSet<>(List.of(type));
    parents(type)
        .filter(parent -> !isVisible(parent))
        .forEach(parent -> types.addAll(withHiddenParents(parent)));
    return types;
  }

  private static Stream<Class<?>> parents(Class<?> type) {
    Stream<Class<?>> interfaces = Arrays.stream(type.getInterfaces());
    Class<?> parent = type.getSuperclass();
    return parent == null ? interfaces : Stream.concat(Stream.of(parent), interfaces);
  }

  private static String declaration(Class<?> type) {
    int modifiers = type.getModifiers();
    if (type.isInterface()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    } else if (type.isRecord() || type.isEnum()) {
      modifiers &= ~(Modifier.FINAL | Modifier.STATIC | Modifier.ABSTRACT);
    }
    return modifiers(modifiers)
        + (type.isSealed() ? "sealed " : "")
        + kind(type)
        + type.getSimpleName()
        + typeParameters(type).strip()
        + components(type)
        + superclass(type)
        + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
        + permitted(type);
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return "interface ";
    }
    return type.isRecord() ? "record " : type.isEnum() ? "enum " : "class ";
  }

  private static String components(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(each -> each.getGenericType().getTypeName() + " " + each.getName())
            .collect(joining(", ", "(", ")"))
        : "";
  }

  private static String superclass(Class<?> type) {
    Type parent = type.getGenericSuperclass();
    boolean implied = parent == null || parent == Object.class || type.isRecord() || type.isEnum();
    return implied ? "" : " extends " + parent.getTypeName();
  }

  private static String permitted(Class<?> type) {
    return type.isSealed()
        ? list(
            " permits ",
            Arrays.stream(type.getPermittedSubclasses())
                .filter(PublicApi::isVisible)
                .sorted(Comparator.comparing(Class::getName)) // javac's order may differ.
                .toArray(Type[]::new))
        : "";
  }

  private static String declaration(Field field) {
    return field.isEnumConstant()
        ? field.getName()
        : modifiers(field.getModifiers())
            + field.getGenericType().getTypeName()
            + " "
            + field.getName();
  }

  private static String declaration(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers())
        + typeParameters(constructor)
        + constructor.getDeclaringClass().getSimpleName()
        + parameters(constructor);
  }

  private static String declaration(Method method) {
    int modifiers = method.getModifiers();
    if (method.getDeclaringClass().isInterface()) {
      modifiers &= ~Modifier.ABSTRACT;
    }
    return modifiers(modifiers)
        + (method.isDefault() ? "default " : "")
        + typeParameters(method)
        + method.getGenericReturnType().getTypeName()
        + " "
        + method.getName()
        + parameters(method);
  }

  private static String parameters(Executable executable) {
    Type[] types = executable.getGenericParameterTypes();
    String names = Arrays.stream(types).map(Type::getTypeName).collect(joining(", ", "(", ")"));
    String text = executable.isVarArgs() ? names.replaceFirst("\\[\\]\\)$", "...)") : names;
    return text + list(" throws ", executable.getGenericExceptionTypes());
  }

  private static String typeParameters(GenericDeclaration declaration) {
    TypeVariable<?>[] variables = declaration.getTypeParameters();
    return variables.length == 0
        ? ""
        : Arrays.stream(variables).map(PublicApi::bounded).collect(joining(", ", "<", "> "));
  }

  private static String bounded(TypeVariable<?> variable) {
    String bounds =
        Arrays.stream(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(Type::getTypeName)
            .collect(joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String list(String word, Type[] types) {
    return types.length == 0
        ? ""
        : word + Arrays.stream(types).map(Type::getTypeName).collect(joining(", "));
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers & SHOWN);
    return text.isEmpty() ? "" : text + " ";
  }
}
