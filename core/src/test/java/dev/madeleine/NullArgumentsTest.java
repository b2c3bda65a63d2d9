package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.json.format.JacksonMapping;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null in the place of an argument of a factory or a builder: the exception names the argument. */
@SuppressWarnings("NullAway") // Nulls are what is tried.
final class NullArgumentsTest {
  /** One argument, or receiver, of each type. */
  private static final List<Object> SAMPLES =
      List.of(
          Fixtures.RING,
          Fixtures.KEY,
          (Supplier<KeyRing>) () -> Fixtures.RING,
          (Function<String, Object>) name -> name,
          "word",
          new byte[] {1},
          Duration.ofMinutes(1),
          Instant.EPOCH,
          InstantSource.fixed(Instant.EPOCH),
          new SecureRandom(),
          CookieOptions.named("sid"),
          CookieOptions.SameSite.LAX,
          NativeEncoder.signed(() -> Fixtures.RING, "session"),
          SessionTransport.cookie(
              CookieOptions.named("other"), NativeEncoder.signed(() -> Fixtures.RING, "a")),
          SessionPolicy.defaults(),
          SessionSnapshot.of(Map.of()),
          Sessions.builder(Fixtures.RING),
          Attribute.of("a", String.class),
          AttributeConverter.of("word", Thread.class, Thread::getName, Thread::new),
          new JacksonMapping(new ObjectMapper()),
          new TypeToken<List<String>>() {},
          String.class,
          JsonSerializer.PLAIN,
          List.of(),
          Map.of(),
          Revocation.NONE,
          SessionCondition.ALWAYS,
          LocatedAttributes.of(Map.of()),
          new XaesGcm(new SecureRandom()),
          Sessions.of(Fixtures.RING),
          (Consumer<Object>) event -> {});

  private static @Nullable Object sample(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type.isPrimitive()) {
      return 1;
    }
    if (type.isArray() && type != byte[].class) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return SAMPLES.stream().filter(type::isInstance).findFirst().orElse(null);
  }

  @TestFactory
  Stream<DynamicTest> factoriesAndBuildersNameTheArgument() {
    List<Class<?>> types =
        List.of(
            ApplicationKey.class,
            Attribute.class,
            AttributeConverter.class,
            CookieOptions.class,
            CookieText.class,
            KeyRing.class,
            LocatedAttributes.class,
            MasterKey.class,
            NativeEncoder.class,
            SealedText.class,
            SealedValue.class,
            SessionPolicy.class,
            SessionSnapshot.class,
            SessionTransport.class,
            Sessions.class,
            SessionsBuilder.class,
            Subject.class,
            TextSettings.class,
            JsonSerializer.class);
    return types.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && isMaker(method))
        .filter(method -> !method.getName().equals("over")) // For the encoders module alone.
        .flatMap(NullArgumentsTest::tests);
  }

  /** Whether it makes something of its arguments, as factories, {@code with…} and builders do. */
  private static boolean isMaker(Method method) {
    Class<?> made = method.getReturnType();
    return !method.isSynthetic()
        && (Modifier.isStatic(method.getModifiers()) || made == method.getDeclaringClass())
        && made != boolean.class;
  }

  private static Stream<DynamicTest> tests(Method method) {
    Parameter[] parameters = method.getParameters();
    return Stream.iterate(0, i -> i < parameters.length, i -> i + 1)
        .filter(i -> !parameters[i].getType().isPrimitive())
        .filter(i -> !parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class))
        .map(i -> DynamicTest.dynamicTest(method + " argument " + i, () -> tries(method, i)));
  }

  private static void tries(Method method, int position) throws Exception {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = Arrays.stream(types).map(NullArgumentsTest::sample).toArray();
    for (int i = 0; i < types.length; i++) {
      assertThat(arguments[i]).as("a sample of " + types[i]).isNotNull();
    }
    boolean several = types[position].isArray() && types[position] != byte[].class;
    arguments[position] = several ? Array.newInstance(types[position].getComponentType(), 1) : null;
    Object receiver =
        Modifier.isStatic(method.getModifiers()) ? null : sample(method.getDeclaringClass());
    assertThat(thrown(method, receiver, arguments))
        .isInstanceOf(NullPointerException.class)
        .message()
        .matches("[a-zA-Z]+");
  }

  private static @Nullable Throwable thrown(
      Method method, @Nullable Object receiver, Object[] arguments) throws Exception {
    try {
      method.invoke(receiver, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }
}
