package dev.madeleine.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the adapter may depend on, and how much of it is hidden. */
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
            "dev.madeleine.keys",
            "dev.madeleine.servlet",
            "org.jspecify..")
        .check(adapter);
  }

  @Test
  void hidesMoreThanHalfOfItsTypes() {
    List<JavaClass> types =
        adapter.stream()
            .filter(type -> !type.isAnonymousClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .toList();
    List<JavaClass> shown =
        types.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)).toList();

    assertThat(shown).hasSizeLessThan(types.size() / 2);
  }

  @Test
  void hasNoFileOfMoreThan250Lines() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(250);
      }
    }
  }
}
