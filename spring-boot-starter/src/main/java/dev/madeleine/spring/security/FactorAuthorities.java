package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The authorities of Spring Security 7 that say by what and when a user proved who they are. By
 * reflection, as Spring Security 6 has none.
 */
final class FactorAuthorities {
  private static final String TYPE =
      "org.springframework.security.core.authority.FactorGrantedAuthority";

  /** What the names of these authorities begin with. */
  private static final String FACTOR = "FACTOR_";

  private final Class<?> type;

  private FactorAuthorities(Class<?> type) {
    this.type = type;
  }

  /** Their converter, or null if this Spring Security has none. */
  static @Nullable AttributeConverter<?> converter() {
    ClassLoader loader = FactorAuthorities.class.getClassLoader();
    if (!ClassUtils.isPresent(TYPE, loader)) {
      return null;
    }
    FactorAuthorities factors = new FactorAuthorities(ClassUtils.resolveClassName(TYPE, loader));
    return factors.converterOf(factors.type);
  }

  private <T> AttributeConverter<T> converterOf(Class<T> factor) {
    return AttributeConverter.of(
        "sp-factor", factor, this::toPlain, (List<Object> plain) -> factor.cast(fromPlain(plain)));
  }

  /** The factor, and when it was used, in seconds since 1970. */
  private List<Object> toPlain(Object authority) {
    String name = String.valueOf(((GrantedAuthority) authority).getAuthority());
    if (!name.startsWith(FACTOR)) {
      throw new IllegalArgumentException("not a factor");
    }
    Instant issued = (Instant) call(type, "getIssuedAt", authority);
    long seconds = issued.getEpochSecond();
    // A long that fits an int would travel with a tag.
    Number shortest = seconds == (int) seconds ? (Number) (int) seconds : (Number) seconds;
    return List.of(name.substring(FACTOR.length()), shortest);
  }

  private Object fromPlain(List<Object> plain) {
    Object builder = call(type, "withAuthority", null, FACTOR + (String) plain.get(0));
    Instant issued = Instant.ofEpochSecond(((Number) plain.get(1)).longValue());
    call(builder.getClass(), "issuedAt", builder, issued);
    return call(builder.getClass(), "build", builder);
  }

  private static Object call(
      Class<?> declaring, String name, @Nullable Object target, Object... arguments) {
    Class<?>[] types = new Class<?>[arguments.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = arguments[i].getClass();
    }
    Method method = ReflectionUtils.findMethod(declaring, name, types);
    Object answer = method == null ? null : ReflectionUtils.invokeMethod(method, target, arguments);
    if (answer == null) {
      throw new IllegalStateException(declaring.getName() + " has no " + name + " any more");
    }
    return answer;
  }
}
