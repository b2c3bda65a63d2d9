package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/spring.md shows for WebFlux compiles without servlets. */
class WebFluxDocumentTest {
  private static final String AROUND =
      """
      import static dev.madeleine.spring.test.MadeleineUser.*;

      import org.junit.jupiter.api.Test;
      import org.springframework.beans.factory.annotation.*;
      import org.springframework.context.*;
      import org.springframework.test.web.reactive.server.*;

      """;

  @TempDir private Path folder;

  @Test
  void itsCodeCompiles() throws Exception {
    List<String> blocks =
        ShownCode.of(Path.of("../../../docs/spring.md")).stream()
            .filter(block -> block.contains("WebTestClient"))
            .toList();

    assertThat(blocks).isNotEmpty();
    assertThat(ShownCode.problems(AROUND, blocks, folder)).isEmpty();
  }
}
