package dev.madeleine.encoders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the encoders may depend on. */
class ArchitectureTest {
  private static final JavaClasses ENCODERS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.madeleine.encoders");

  @Test
  void dependsOnTheCoreTheJdkAndOptionalArtifactsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "com.fasterxml.jackson.core",
            "com.fasterxml.jackson.dataformat.cbor",
            "dev.madeleine",
            "dev.madeleine.encoders",
            "org.jspecify..")
        .check(ENCODERS);
  }

  @Test
  void oneHiddenClassNeedsTheCborArtifact() { // It is linked only when CBOR is asked for.
    noClasses()
        .that()
        .doNotHaveSimpleName("CborFormat")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.dataformat..")
        .check(ENCODERS);
  }
}
