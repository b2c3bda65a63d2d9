package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that a test needs. Where it is missing the test is skipped with the reason, or fails
 * when {@code madeleine.ci} is true.
 */
final class Needed {
  private Needed() {}

  static void program(String name) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    String reason = name + " is not installed";
    if (Boolean.getBoolean("madeleine.ci")) {
      assertThat(found).as(reason).isTrue();
    }
    assumeTrue(found, reason);
  }
}
