package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/frameworks.md: its code is the code of these tests, its table is what they run. */
class DocumentTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path SOURCES = Path.of("src/test/java/dev/madeleine/frameworks");

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/frameworks.md"));
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(document())
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void everyJavaBlockIsCodeOfTheseTests() throws Exception {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        sources.add(withoutSpace(Files.readString(file)));
      }
    }
    assertThat(blocks("java")).hasSize(7);
    for (String block : blocks("java")) {
      assertThat(sources).as(block).anyMatch(source -> source.contains(withoutSpace(block)));
    }
  }

  @Test
  void settingsAreThoseOfTheseTests() throws Exception {
    String ini = blocks("ini").get(0).replace("com.example", getClass().getPackageName());

    assertThat(Files.readString(Path.of("src/test/resources/shiro-login.ini"))).contains(ini);
    assertThat(document()).contains("`requestOnly=" + StrutsTest.FIELDS_THAT_ARE_NULL + "`");
  }

  @Test
  void tableHasTheVersionsThatTheTestsRun() throws Exception {
    Matcher version =
        Pattern.compile("<(struts|javalin|shiro|pac4j|jakartaee-pac4j|wicket).version>(.+?)</")
            .matcher(Files.readString(Path.of("pom.xml")));
    List<String> versions = version.results().map(result -> result.group(2)).toList();

    assertThat(versions).hasSize(6);
    assertThat(table()).contains(versions);
  }

  @Test
  void tableNamesTestsThatExist() throws Exception {
    List<String> tests =
        Pattern.compile("`(\\w+Test)`")
            .matcher(table())
            .results()
            .map(result -> result.group(1) + ".java")
            .toList();

    assertThat(tests).hasSize(6);
    try (Stream<Path> adapter = Files.walk(ROOT.resolve("servlet-adapter"));
        Stream<Path> starter = Files.walk(ROOT.resolve("spring-boot-starter"))) {
      Stream<Path> files = Stream.concat(adapter, starter);
      assertThat(files.map(file -> file.getFileName().toString())).containsAll(tests);
    }
  }

  /** What stands under "Which frameworks move in". */
  private static String table() throws IOException {
    String document = document();
    int start = document.indexOf("## Which frameworks move in");
    return document.substring(start, document.indexOf("\n## ", start + 1));
  }
}
