package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.ApplicationKey;
import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.CookieOptions;
import dev.madeleine.CookieText;
import dev.madeleine.KeyRing;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.Revocation;
import dev.madeleine.SealedText;
import dev.madeleine.SealedValue;
import dev.madeleine.Sealer;
import dev.madeleine.SessionCondition;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.Subject;
import dev.madeleine.TextSettings;
import dev.madeleine.TypeToken;
import dev.madeleine.encoders.Cbor;
import dev.madeleine.encoders.ConnectCookieSession;
import dev.madeleine.encoders.CookieSession;
import dev.madeleine.encoders.Digest;
import dev.madeleine.encoders.Encrypted;
import dev.madeleine.encoders.ForeignSecrets;
import dev.madeleine.encoders.JacksonTypes;
import dev.madeleine.encoders.Keygrip;
import dev.madeleine.encoders.Passphrase;
import dev.madeleine.json.JsonSerializer;
import dev.madeleine.keys.KeyRingFile;
import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.keys.ReloadingKeysBuilder;
import dev.madeleine.servlet.SessionFilter;
import dev.madeleine.servlet.SessionFilterBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null in the place of an argument of a factory or a builder: the exception names the argument. */
@SuppressWarnings("NullAway") // Nulls are what is tried.
final class NullArgumentsTest {
  private static final MasterKey KEY = MasterKey.generate(new SecureRandom());
  private static final KeyRing RING = KeyRing.signingWith(KEY);
  private static final NativeEncoder ENCODER = NativeEncoder.signed(() -> RING, "session");

  /** One argument, or receiver, of each type. */
  private static final List<Object> SAMPLES =
      List.of(
          RING,
          KEY,
          (Supplier<Object>) () -> RING,
          (Function<String, Object>) name -> name,
          (Callable<Object>) () -> RING,
          "word",
          new byte[] {1},
          new char[] {'a'},
          Duration.ofMinutes(1),
          Instant.EPOCH,
          InstantSource.fixed(Instant.EPOCH),
          new SecureRandom(),
          Path.of("keys"),
          CookieOptions.named("sid"),
          CookieOptions.SameSite.LAX,
          ENCODER,
          SessionTransport.cookie(CookieOptions.named("other"), ENCODER),
          proxy(Sealer.class),
          SessionPolicy.defaults(),
          SessionSnapshot.of(Map.of()),
          Sessions.builder(RING),
          Attribute.of("a", String.class),
          AttributeConverter.of("word", Thread.class, Thread::getName, Thread::new),
          JacksonTypes.with(new ObjectMapper()),
          new ObjectMapper(),
          new TypeToken<List<String>>() {},
          String.class,
          JsonSerializer.PLAIN,
          List.of(),
          Map.of(),
          Revocation.NONE,
          SessionCondition.ALWAYS,
          LocatedAttributes.of(Map.of()),
          Sessions.of(RING),
          ForeignSecrets.signingWithWeak("secret"),
          Keygrip.of(ForeignSecrets.signingWithWeak("secret")),
          Digest.SHA1,
          KeySchedule.startingWith(Duration.ofHours(12), Instant.EPOCH, new SecureRandom()),
          KeySource.variable("KEYS"),
          ReloadingKeys.from(KeySource.variable("KEYS")),
          (Consumer<Object>) event -> {},
          SessionFilter.builder(Sessions.of(RING)),
          SessionFilterBuilder.Verdict.REFUSE,
          (Predicate<Object>) request -> true,
          proxy(HttpServletRequest.class),
          proxy(HttpSession.class),
          proxy(HttpSessionListener.class));

  private static <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }

  private static boolean isSeveral(Class<?> type) {
    return type.isArray() && type != byte[].class && type != char[].class;
  }

  private static @Nullable Object sample(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type.isPrimitive()) {
      return 1;
    }
    if (isSeveral(type)) {
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
            JsonSerializer.class,
            KeyRingFile.class,
            KeySchedule.class,
            KeySource.class,
            ReloadingKeys.class,
            ReloadingKeysBuilder.class,
            CookieSession.class,
            ConnectCookieSession.class,
            Encrypted.class,
            Cbor.class,
            ForeignSecrets.class,
            JacksonTypes.class,
            Keygrip.class,
            Passphrase.class,
            SessionFilter.class,
            SessionFilterBuilder.class);
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
    boolean several = isSeveral(types[position]);
    arguments[position] = several ? Array.newInstance(types[position].getComponentType(), 1) : null;
    Object receiver =
        Modifier.isStatic(method.getModifiers()) ? null : sample(method.getDeclaringClass());
    assertThat(thrown(method, receiver, arguments))
        .as("%s argument %s", method, position)
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
