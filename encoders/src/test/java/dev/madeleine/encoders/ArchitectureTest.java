package dev.madeleine.encoders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the encoders may depend on. */
class ArchitectureTest {
  @Test
  void dependsOnTheCoreTheJdkAndInOneClassOnBouncyCastle() {
    classes()
        .that()
        .doNotHaveFullyQualifiedName("dev.madeleine.encoders.Argon2id")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.crypto..", "dev.madeleine", "dev.madeleine.encoders", "org.jspecify..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.madeleine.encoders"));
  }
}
