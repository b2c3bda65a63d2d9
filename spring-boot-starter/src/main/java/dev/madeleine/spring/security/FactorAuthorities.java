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

  private List<Object> toPlain(Object authority) {
    return List.of(
        String.valueOf(((GrantedAuthority) authority).getAuthority()),
        call(type, "getIssuedAt", authority));
  }

  private Object fromPlain(List<Object> plain) {
    Object builder = call(type, "withAuthority", null, (String) plain.get(0));
    call(builder.getClass(), "issuedAt", builder, (Instant) plain.get(1));
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
