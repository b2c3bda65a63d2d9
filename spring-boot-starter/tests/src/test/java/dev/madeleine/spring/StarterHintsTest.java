package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.util.ClassUtils;

/** What a native image keeps, by all registrars that are on the class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterHintsTest {
  private static final ClassLoader LOADER = StarterHintsTest.class.getClassLoader();

  private final RuntimeHints hints = new RuntimeHints();

  @BeforeAll
  void register() {
    AotServices.factories(LOADER)
        .load(RuntimeHintsRegistrar.class)
        .forEach(registrar -> registrar.registerHints(hints, LOADER));
  }

  @Test
  void keepsTheListOfPublishedSecrets() {
    assertThat(resource().forResource("dev/madeleine/published-secrets.txt")).accepts(hints);
    assertThat(LOADER.getResource("dev/madeleine/published-secrets.txt")).isNotNull();
  }

  @Test
  void keepsTheAccessorWhereTheServletApiHasIt() {
    String accessor = "jakarta.servlet.http.HttpSession$Accessor";

    assertThat(reflection().onType(TypeReference.of(accessor)).test(hints))
        .isEqualTo(ClassUtils.isPresent(accessor, LOADER));
  }

  @Test
  void keepsTheMethodsOfFactorsWhereSpringSecurityHasThem() {
    String factor = "org.springframework.security.core.authority.FactorGrantedAuthority";

    for (String type : new String[] {factor, factor + "$Builder"}) {
      assertThat(
              reflection()
                  .onType(TypeReference.of(type))
                  .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)
                  .test(hints))
          .isEqualTo(ClassUtils.isPresent(type, LOADER));
    }
  }

  @Test
  void keepsWhatSpringFactoriesName() {
    for (String named :
        new String[] {
          "dev.madeleine.spring.KeysFailureAnalyzer",
          "dev.madeleine.spring.SpringSessionFailureAnalyzer",
          "dev.madeleine.spring.security.SessionHttpConfigurer"
        }) {
      assertThat(
              reflection()
                  .onType(TypeReference.of(named))
                  .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
          .accepts(hints);
    }
  }
}
