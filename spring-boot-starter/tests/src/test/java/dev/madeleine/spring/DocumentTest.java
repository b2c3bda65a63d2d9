package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/spring.md shows compiles, and the properties that it names are those of the starter. */
class DocumentTest {
  private static final Path ROOT = Path.of("../../..");
  private static final Path DOCUMENT = ROOT.resolve("docs/spring.md");

  private static final String AROUND =
      """
      import static dev.madeleine.spring.test.MadeleineUser.*;
      import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.*;
      import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.*;

      import dev.madeleine.*;
      import dev.madeleine.spring.*;
      import dev.madeleine.spring.shop.*;
      import org.junit.jupiter.api.Test;
      import org.springframework.beans.factory.annotation.*;
      import org.springframework.context.annotation.*;
      import org.springframework.test.web.servlet.*;

      record Money(String text) {
        static Money parse(String text) {
          return new Money(text);
        }
      }

      """;

  @TempDir private Path folder;

  @Test
  void itsCodeCompiles() throws Exception {
    List<String> blocks =
        ShownCode.of(DOCUMENT).stream().filter(block -> !block.contains("WebTestClient")).toList();

    assertThat(blocks).hasSizeGreaterThan(1);
    assertThat(ShownCode.problems(AROUND, blocks, folder)).isEmpty();
  }

  @Test
  void itNamesEveryProperty() throws Exception {
    String document = Files.readString(DOCUMENT);
    Path metadata =
        ROOT.resolve(
            "spring-boot-starter/target/classes/META-INF/spring-configuration-metadata.json");
    Matcher name =
        Pattern.compile("\"name\": \"(madeleine\\.[a-z.-]+)\",\\s+\"type\": \"java")
            .matcher(Files.readString(metadata));
    List<String> names = name.results().map(result -> result.group(1)).toList();

    assertThat(names).hasSizeGreaterThan(15);
    for (String property : names) {
      String last = property.substring(property.lastIndexOf('.') + 1);
      boolean ofCookie = property.startsWith("madeleine.cookie.");
      assertThat(document).contains(ofCookie ? "." + last + "`" : "`" + property + "`");
    }
  }
}
