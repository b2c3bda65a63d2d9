package dev.madeleine.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Commands talk to the world through the console they are given. */
@AnalyzeClasses(
    packages = "dev.madeleine.cli",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheConsoleTouchesTheProcess =
      noClasses()
          .that()
          .doNotHaveSimpleName("Console")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callConstructor(java.security.SecureRandom.class);

  @ArchTest
  static final ArchRule onlyTheMainClassIsPublic =
      classes().that().doNotHaveSimpleName("Madeleine").should().notBePublic();
}
