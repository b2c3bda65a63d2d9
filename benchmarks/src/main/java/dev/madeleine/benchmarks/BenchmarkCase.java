package dev.madeleine.benchmarks;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Threads;

/**
 * A method of a benchmark with a value for each of its parameters. As text: {@code
 * TextBenchmark.encode contender=MADELEINE session=SMALL}.
 *
 * @param method the method with {@code @Benchmark}
 * @param params values by name, in the order of the fields with {@code @Param}
 */
record BenchmarkCase(Method method, Map<String, String> params) {
  private static final String PACKAGE = BenchmarkCase.class.getPackageName() + ".";

  /** What measures encode and decode, of the contenders and of the parts. */
  private static final List<String> OF_ONE_TEXT = List.of("text", "parts");

  /** All cases of a benchmark, in the order in which JMH would take them. */
  static List<BenchmarkCase> of(Class<?> type) {
    List<Map<String, String>> combinations = List.of(Map.of());
    for (Field field : type.getDeclaredFields()) {
      if (field.isAnnotationPresent(Param.class)) {
        combinations =
            combinations.stream()
                .flatMap(params -> values(field).map(value -> with(params, field, value)))
                .toList();
      }
    }
    List<BenchmarkCase> cases = new ArrayList<>();
    for (Map<String, String> params : combinations) {
      Stream.of(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Benchmark.class))
          .sorted(Comparator.comparing(Method::getName))
          .forEach(method -> cases.add(new BenchmarkCase(method, params)));
    }
    return cases;
  }

  /** The values of a parameter: those in the annotation, or all constants of its type. */
  private static Stream<String> values(Field field) {
    String[] values = field.getAnnotation(Param.class).value();
    return values.length == 1 && values[0].equals(Param.BLANK_ARGS)
        ? Arrays.stream(field.getType().getEnumConstants()).map(Object::toString)
        : Arrays.stream(values);
  }

  private static Map<String, String> with(Map<String, String> params, Field field, String value) {
    Map<String, String> more = new LinkedHashMap<>(params);
    more.put(field.getName(), value);
    return more;
  }

  /** The case in a text. */
  static BenchmarkCase parse(String text) throws ReflectiveOperationException {
    String[] words = text.split(" ", -1);
    int dot = words[0].indexOf('.');
    Map<String, String> params = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      params.put(word.substring(0, equals), word.substring(equals + 1));
    }
    Class<?> type = Class.forName(PACKAGE + words[0].substring(0, dot));
    return new BenchmarkCase(type.getMethod(words[0].substring(dot + 1)), params);
  }

  /** A new benchmark with these parameters, before its setup. */
  Object newState() throws ReflectiveOperationException {
    Object state = method.getDeclaringClass().getConstructor().newInstance();
    for (Map.Entry<String, String> param : params.entrySet()) {
      Field field = method.getDeclaringClass().getDeclaredField(param.getKey());
      field.setAccessible(true);
      field.set(state, value(field.getType(), param.getValue()));
    }
    return state;
  }

  private static Object value(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no " + text));
  }

  /** How many threads do it at a time. */
  int threads() {
    Threads threads = method.getAnnotation(Threads.class);
    return threads == null ? 1 : threads.value();
  }

  /** How many operations one invocation of the method does. */
  int operations() {
    OperationsPerInvocation operations = method.getAnnotation(OperationsPerInvocation.class);
    return operations == null ? 1 : operations.value();
  }

  /** What is measured together: {@code text} for {@code TextBenchmark}. */
  String group() {
    return method
        .getDeclaringClass()
        .getSimpleName()
        .replace("Benchmark", "")
        .toLowerCase(Locale.ROOT);
  }

  /** What is done: with which encoder, too, where the rows differ in something else. */
  String operation() {
    return switch (group()) {
      case "filter" -> param("application").toLowerCase(Locale.ROOT);
      case "rejection", "visit" -> method.getName() + " " + encoder();
      case "threads" -> method.getName().replaceFirst("By.*", "") + " " + encoder();
      default -> method.getName();
    };
  }

  /** In what the rows of an operation differ. */
  String name() {
    return switch (group()) {
      case "encoder" -> encoder();
      case "keyring" -> counted(Integer.parseInt(param("keys")), "key");
      case "parts" -> Part.valueOf(param("part")).label();
      case "names" -> Names.valueOf(param("names")).label();
      case "rejection" -> Arrival.valueOf(param("arrival")).label();
      case "threads" -> counted(threads(), "thread");
      case "visit" -> Visit.valueOf(param("visit")).label();
      default -> Contender.valueOf(params.getOrDefault("contender", "MADELEINE")).label();
    };
  }

  /** Bytes of the session's attributes as JSON. */
  int size() {
    return switch (group()) {
      case "chunks" -> ChunksBenchmark.jsonBytes(Integer.parseInt(param("lines")));
      case "attributes" -> AttributesBenchmark.jsonBytes();
      default ->
          SampleSession.valueOf(params.getOrDefault("session", SampleSession.SMALL.name()))
              .jsonBytes();
    };
  }

  /** What names the cases that are measured in one JVM, because they are compared. */
  String heat() {
    return OF_ONE_TEXT.contains(group())
        ? "text " + operation() + " " + size()
        : group().equals("encoder") ? "encoder " + operation() + " " + size() : group();
  }

  private String encoder() {
    return EncoderChoice.valueOf(param("encoder")).label();
  }

  private String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException(this + " has no " + name);
    }
    return value;
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(method.getDeclaringClass().getSimpleName()).append('.').append(method.getName());
    params.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
