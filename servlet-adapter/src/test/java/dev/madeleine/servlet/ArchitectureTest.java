package dev.madeleine.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the adapter may depend on. */
class ArchitectureTest {
  private final JavaClasses adapter =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.madeleine.servlet");

  @Test
  void dependsOnTheServletApiTheCoreAndTheKeysOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "jakarta.servlet..",
            "dev.madeleine",
            "dev.madeleine.json",
            "dev.madeleine.keys",
            "dev.madeleine.servlet",
            "org.jspecify..")
        .check(adapter);
  }
}
