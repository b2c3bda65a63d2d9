package dev.madeleine.keys;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
  void hasNoFileOfMoreThan250LinesAndNoNameThatSaysNothing() throws IOException {
    List<String> names =
        List.of("Impl", "Util", "Helper", "Manager", "Abstract", "Base", "Default");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(250);
        assertThat(names).noneMatch(file.getFileName().toString()::contains);
      }
    }
  }
}
