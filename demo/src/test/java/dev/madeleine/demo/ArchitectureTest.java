package dev.madeleine.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The demo is an ordinary servlet application. */
@AnalyzeClasses(
    packages = "dev.madeleine.demo",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheServerKnowsTomcat =
      noClasses()
          .that()
          .doNotHaveSimpleName("DemoServer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache..");

  @ArchTest
  static final ArchRule servletsUseTheSessionOfTheServletApi =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Servlet")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("dev\\.madeleine\\.(Session|Sessions|SessionSnapshot)");

  @ArchTest
  static final ArchRule onlyTheMainClassIsPublic =
      classes().that().doNotHaveSimpleName("Demo").should().notBePublic();
}
