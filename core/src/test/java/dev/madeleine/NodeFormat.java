package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The native format in JavaScript, {@code docs/formats}, in a Node process. Where node is missing a
 * test is skipped with the reason, or fails when {@code madeleine.ci} is true.
 */
final class NodeFormat {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Path FOLDER = Path.of("../docs/formats");
  private static final int MINUTES = 5;

  private NodeFormat() {}

  private static void needNode() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    if (Boolean.getBoolean("madeleine.ci")) {
      assertThat(there).as("node is installed").isTrue();
    }
    if (!there) {
      System.out.println("skipped: node is not installed");
    }
    assumeTrue(there, "node is not installed");
  }

  /** What {@code check.mjs} prints; fails if an example of the document does. */
  static String check() throws IOException, InterruptedException {
    return run("", "check.mjs");
  }

  /** The answers to these calls, in their order. */
  static List<JsonNode> ask(List<ObjectNode> calls) throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    calls.forEach(call -> lines.append(call).append('\n'));
    List<JsonNode> answers = new ArrayList<>();
    for (String line : run(lines.toString(), "madeleine.mjs", "batch").lines().toList()) {
      JsonNode answer = JSON.readTree(line);
      assertThat(answer.path("error").asText()).as("%s", calls.get(answers.size())).isEmpty();
      answers.add(answer);
    }
    assertThat(answers).hasSameSizeAs(calls);
    return answers;
  }

  private static String run(String input, String... arguments)
      throws IOException, InterruptedException {
    needNode();
    Path in = Files.createTempFile("madeleine", ".in");
    Path out = Files.createTempFile("madeleine", ".out");
    Files.writeString(in, input);
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    Process node =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(Redirect.INHERIT)
            .start();
    boolean ended = node.waitFor(MINUTES, TimeUnit.MINUTES);
    node.destroyForcibly();
    assertThat(ended).as("node answered in %s minutes", MINUTES).isTrue();
    String output = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(node.exitValue()).as("%s", output).isZero();
    Files.delete(in);
    Files.delete(out);
    return output;
  }
}
