package dev.madeleine.encoders;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "org.bouncycastle.crypto..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind",
            "com.fasterxml.jackson.dataformat.cbor",
            "dev.madeleine",
            "dev.madeleine.internal",
            "dev.madeleine.json..",
            "dev.madeleine.encoders",
            "org.jspecify..")
        .check(ENCODERS);
  }

  @Test
  void twoHiddenClassesKnowBouncyCastle() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(BouncyCastleAead(\\$Key)?|Argon2id)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bouncycastle..")
        .check(ENCODERS);
  }

  @Test
  void onlyTheLightweightApiIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle.jce..", "org.bouncycastle.jcajce..")
        .orShould()
        .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
        .check(ENCODERS);
  }

  @Test
  void sealersAreHidden() {
    classes()
        .that()
        .implement(dev.madeleine.Sealer.class)
        .should()
        .bePackagePrivate()
        .check(ENCODERS);
  }

  @Test
  void theModuleRunsWithoutBouncyCastle() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("target/classes/module-info.class"))) {
      ModuleDescriptor module = ModuleDescriptor.read(in);
      assertThat(module.requires())
          .filteredOn(requires -> !requires.modifiers().contains(Modifier.STATIC))
          .extracting(ModuleDescriptor.Requires::name)
          .containsExactlyInAnyOrder(
              "java.base",
              "dev.madeleine",
              "com.fasterxml.jackson.core",
              "com.fasterxml.jackson.databind");
      assertThat(module.exports())
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactly("dev.madeleine.encoders");
    }
  }

  @Test
  void oneClassTakesAMapper() {
    noClasses()
        .that()
        .doNotHaveSimpleName("JacksonTypes")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.databind..")
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
