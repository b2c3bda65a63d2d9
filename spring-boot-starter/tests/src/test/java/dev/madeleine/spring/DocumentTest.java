package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
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
    Matcher code =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    List<String> blocks = code.results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(1);
    String source = AROUND + String.join("\n", blocks);
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Shown.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = List.of("-d", folder.toString(), "-proc:none");

    compiler.getTask(null, null, found, options, null, List.of(file)).call();

    assertThat(found.getDiagnostics())
        .extracting(problem -> problem.getKind() + " " + problem.getMessage(Locale.ROOT))
        .noneMatch(problem -> problem.startsWith(Diagnostic.Kind.ERROR.toString()));
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
