package dev.madeleine.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image has to keep of the library and of what the starter looks up by name. The
 * properties, the endpoint's operations and the entries of {@code spring.factories} are found by
 * Spring itself; classes that an application declares as attributes are its own to register.
 */
final class StarterHints implements RuntimeHintsRegistrar {
  /** Types whose presence is asked for while the application runs. */
  private static final List<String> LOOKED_FOR =
      List.of(
          "jakarta.servlet.http.HttpSession$Accessor",
          "org.springframework.session.SessionRepository",
          "org.springframework.session.ReactiveSessionRepository");

  /** Types of Spring Security 7 whose methods are called by name. */
  private static final List<String> CALLED =
      List.of(
          "org.springframework.security.core.authority.FactorGrantedAuthority",
          "org.springframework.security.core.authority.FactorGrantedAuthority$Builder");

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    hints.resources().registerPattern("dev/madeleine/published-secrets.txt");
    for (String type : LOOKED_FOR) {
      hints.reflection().registerTypeIfPresent(loader, type, hint -> {});
    }
    for (String type : CALLED) {
      hints.reflection().registerTypeIfPresent(loader, type, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
  }
}
