package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real npm packages in a Node process, installed into {@code target/}, or docs/formats. Where
 * node, npm or the packages are missing a test is skipped with the reason, or fails when {@code
 * madeleine.ci} is true.
 */
final class NodePeer {
  /** JSON that is plain ASCII, so that nothing happens to it between the processes. */
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Path SOURCE = Path.of("src/test/resources/node");
  private static final Path FOLDER = Path.of("target/node");
  private static final int MINUTES = 5;

  private final Path folder;
  private final List<String> command;

  private NodePeer(Path folder, String... command) {
    this.folder = folder;
    this.command = List.of(command);
  }

  /** The script of this name, ready to be asked. */
  static synchronized NodePeer running(String script) throws IOException, InterruptedException {
    needProgram("node");
    needProgram("npm");
    install();
    return new NodePeer(FOLDER, "node", "--no-deprecation", script);
  }

  /** The native format in JavaScript, which needs no packages. */
  static NodePeer ofTheNativeFormat() {
    needProgram("node");
    return new NodePeer(Path.of("../docs/formats"), "node", "madeleine.mjs", "batch");
  }

  private static void needProgram(String program) {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    need(there, program + " is not installed");
  }

  private static void need(boolean there, String reason) {
    if (Boolean.getBoolean("madeleine.ci")) {
      assertThat(there).as(reason).isTrue();
    }
    if (!there) {
      System.out.println("skipped: " + reason);
    }
    assumeTrue(there, reason);
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path installed = FOLDER.resolve("installed.json");
    Path lock = SOURCE.resolve("package-lock.json");
    try (var files = Files.list(SOURCE)) {
      for (Path file : files.toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
      return;
    }
    Path log = FOLDER.resolve("npm.log");
    Process npm =
        new ProcessBuilder(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = npm.waitFor(MINUTES, TimeUnit.MINUTES);
    npm.destroyForcibly();
    need(
        ended && npm.exitValue() == 0,
        "npm ci could not install the packages; see encoders/" + log);
    Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The answers to these calls, in their order. The files of an unanswered one stay. */
  List<JsonNode> ask(List<Map<String, Object>> calls) throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path work = Files.createTempDirectory(FOLDER, "asked");
    Path in = work.resolve("in");
    Path out = work.resolve("out");
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> call : calls) {
      lines.add(JSON.writeValueAsString(call));
    }
    Files.write(in, lines);
    Process node =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    boolean ended = node.waitFor(MINUTES, TimeUnit.MINUTES);
    node.destroyForcibly();
    assertThat(ended).as("node answered in %s minutes", MINUTES).isTrue();
    assertThat(node.exitValue()).isZero();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      answers.add(JSON.readTree(line));
    }
    assertThat(answers).hasSameSizeAs(calls);
    Files.delete(in);
    Files.delete(out);
    Files.delete(work);
    return answers;
  }
}
