package dev.madeleine.keys;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the keys may depend on. */
class ArchitectureTest {
  private static final JavaClasses KEYS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.madeleine.keys");

  @Test
  void dependsOnTheCoreItsJacksonAndTheJdkOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "com.fasterxml.jackson.core..",
            "dev.madeleine",
            "dev.madeleine.internal",
            "dev.madeleine.keys",
            "org.jspecify..")
        .check(KEYS);
  }

  @Test
  void thereIsOneClockAndItIsInjected() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(KEYS);
    noClasses()
        .that()
        .doNotHaveSimpleName("ReloadingKeysBuilder")
        .should()
        .callMethod(java.time.InstantSource.class, "system")
        .check(KEYS);
  }

  @Test
  void thereAreNoExceptionsOfItsOwn() {
    noClasses().should().beAssignableTo(Throwable.class).check(KEYS);
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    List<String> names =
        List.of("Impl", "Util", "Helper", "Manager", "Abstract", "Base", "Default");
    assertThat(KEYS)
        .extracting(JavaClass::getSimpleName)
        .noneMatch(type -> names.stream().anyMatch(type::contains));
  }
}
