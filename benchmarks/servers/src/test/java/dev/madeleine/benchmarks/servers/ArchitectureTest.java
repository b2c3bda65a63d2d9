package dev.madeleine.benchmarks.servers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The measured application is the same in each container, whatever its sessions are. */
@AnalyzeClasses(
    packages = "dev.madeleine.benchmarks.servers",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule servletsKnowOnlyTheSessionOfTheServletApi =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Servlet")
          .or()
          .haveSimpleNameStartingWith("SessionUse")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.madeleine", "dev.madeleine.servlet", "org.springframework..", "org.apache..");

  @ArchTest
  static final ArchRule onlyTheApplicationKnowsOurs =
      noClasses()
          .that()
          .doNotHaveSimpleName("Application")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.madeleine", "dev.madeleine.servlet");

  @ArchTest
  static final ArchRule onlySpringSessionsKnowsSpring =
      noClasses()
          .that()
          .doNotHaveSimpleName("SpringSessions")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "io.lettuce..");

  @ArchTest
  static final ArchRule onlyTheMainClassesArePublic =
      classes()
          .that()
          .doNotHaveSimpleName("Run")
          .and()
          .doNotHaveSimpleName("Server")
          .and()
          .doNotHaveSimpleName("PipelinedRun")
          .and()
          .doNotHaveSimpleName("PipelinedServers")
          .should()
          .notBePublic();
}
