package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, as a reader copies them. */
class ReadmeTest {
  private static final String JAR = "java -jar cli/target/madeleine.jar ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void theCommandsThatLookIntoACookieWork() throws IOException {
    Terminal terminal = new Terminal();
    String keys = folder.resolve("keys.json").toString();
    terminal.run("keygen", "--ring", "-o", keys);
    terminal.run("forge", "--key-file", keys, "{\"user\":\"zoé\"}");
    String value = terminal.out.strip();
    List<String> outputs = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../README.md"))) {
      if (line.startsWith(JAR)) {
        terminal.run(words(line.substring(JAR.length()), keys, value));
        assertThat(terminal.code).as(line + terminal.err).isZero();
        outputs.add(terminal.out);
      }
    }
    assertThat(outputs).hasSize(4);
    assertThat(outputs.get(0)).contains("NOT VERIFIED").contains("zoé");
    assertThat(outputs.get(1)).contains("good, verified by key").contains("zoé");
    assertThat(outputs.get(2)).isEqualTo("accepted\n");
    assertThat(outputs.get(3)).startsWith("Cookie: __Host-session=");
  }

  private static String[] words(String command, String keys, String value) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group().replace("\"", "") : word.group(1));
    }
    words.replaceAll(each -> each.equals("keys.json") ? keys : each.replace("$value", value));
    return words.toArray(String[]::new);
  }
}
