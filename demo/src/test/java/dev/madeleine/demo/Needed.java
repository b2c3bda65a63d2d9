package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A program that a test needs. Where it is missing the test is skipped with the reason, or fails
 * when {@code madeleine.ci} is true.
 */
final class Needed {
  private Needed() {}

  static Path program(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    String reason = name + " is not installed";
    if (Boolean.getBoolean("madeleine.ci")) {
      assertThat(found).as(reason).isPresent();
    }
    assumeTrue(found.isPresent(), reason);
    return found.orElseThrow();
  }
}
