package dev.madeleine.spring.security;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The authorities of Spring Security 7 that say by what and when a user proved who they are: the
 * factor and the second, {@code {"PASSWORD": 1767225600}}. By reflection, as Spring Security 6 has
 * none.
 */
final class FactorAuthorities {
  private static final String TYPE =
      "org.springframework.security.core.authority.FactorGrantedAuthority";

  /** What their names begin with. */
  private static final String PREFIX = "FACTOR_";

  private FactorAuthorities() {}

  /** Whether an authority is one of these. */
  static boolean isOne(GrantedAuthority authority) {
    return authority.getClass().getName().equals(TYPE)
        && String.valueOf(authority.getAuthority()).startsWith(PREFIX);
  }

  static Map<String, Object> toPlain(GrantedAuthority authority) {
    String name = String.valueOf(authority.getAuthority());
    Instant issued = (Instant) call(authority.getClass(), "getIssuedAt", authority);
    long seconds = issued.getEpochSecond();
    // A long that fits an int would travel with a tag.
    Number shortest = seconds == (int) seconds ? (Number) (int) seconds : (Number) seconds;
    return Map.of(name.substring(PREFIX.length()), shortest);
  }

  static GrantedAuthority fromPlain(Map<?, ?> plain) {
    Class<?> type = ClassUtils.resolveClassName(TYPE, FactorAuthorities.class.getClassLoader());
    Map.Entry<?, ?> factor = plain.entrySet().iterator().next();
    Object builder = call(type, "withAuthority", null, PREFIX + (String) factor.getKey());
    Instant issued = Instant.ofEpochSecond(((Number) factor.getValue()).longValue());
    call(builder.getClass(), "issuedAt", builder, issued);
    return (GrantedAuthority) call(builder.getClass(), "build", builder);
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
