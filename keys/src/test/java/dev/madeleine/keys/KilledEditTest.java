package dev.madeleine.keys;

import static dev.madeleine.keys.Fixtures.LIFE;
import static dev.madeleine.keys.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.keys.AtomicFile.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits by a process of its own that gets SIGKILL. */
class KilledEditTest {
  /** Kills at random moments; -Dmadeleine.kills=500 for a long run. */
  private static final int KILLS = Integer.getInteger("madeleine.kills", 15);

  @TempDir Path folder;
  private Path path;
  private KeyRingFile file;

  /**
   * Edits a key ring file: rotates and prunes in turn, for ever. With a step it stops before that
   * step and waits to be killed.
   */
  public static final class Editor {
    private Editor() {}

    public static void main(String[] args) throws IOException {
      KeyRingFile file =
          KeyRingFile.at(Path.of(args[0]), () -> NOON)
              .withDisk(
                  step -> {
                    if (args.length > 1 && step.name().equals(args[1])) {
                      System.out.println("waiting");
                      sleep();
                    }
                  });
      SecureRandom random = new SecureRandom();
      while (true) {
        KeySchedule after = file.edit(keys -> keys.rotate(Duration.ofMinutes(1), NOON, random));
        System.out.println("edited");
        if (after.keys().size() > 9) {
          file.edit(keys -> keys.without(keys.keys().get(1).id()));
        }
      }
    }

    private static void sleep() {
      try {
        Thread.sleep(Duration.ofMinutes(5).toMillis());
      } catch (InterruptedException e) {
        throw new AssertionError(e); // Nobody interrupts it.
      }
    }
  }

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("keys.json");
    file = KeyRingFile.at(path, () -> NOON);
    file.create(KeySchedule.startingWith(LIFE, NOON, new SecureRandom()));
  }

  private Process editor(String... step) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.command().addAll(List.of(step));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private List<String> command() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Editor.class.getName(),
            path.toString()));
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly(); // SIGKILL
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void leavesTheOldFileOrTheNewOneAndTheNextEditWorks(Step step) throws Exception {
    String old = Files.readString(path);
    Process process = editor(step.name());
    assertThat(output(process).readLine()).isEqualTo("waiting");
    kill(process);

    if (step == Step.SYNC_FOLDER) {
      assertThat(file.read().keys()).hasSize(2);
    } else {
      assertThat(Files.readString(path)).isEqualTo(old);
    }
    int before = file.read().keys().size();
    KeySchedule after = file.edit(keys -> keys.rotate(Duration.ZERO, NOON, new SecureRandom()));
    assertThat(after.keys()).hasSize(before + 1);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
  }

  @Test
  void anEditWaitsForTheOneOfAnotherProcess() throws Exception {
    Process process = editor(Step.RENAME.name());
    assertThat(output(process).readLine()).isEqualTo("waiting");
    AtomicBoolean done = new AtomicBoolean();
    Thread edit =
        new Thread(
            () -> {
              try {
                file.edit(keys -> keys.rotate(Duration.ZERO, NOON, new SecureRandom()));
                done.set(true);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    edit.start();
    edit.join(500);
    assertThat(done).isFalse();

    kill(process);

    edit.join(60_000);
    assertThat(done).isTrue();
    assertThat(file.read().keys()).hasSize(2);
  }

  @Test
  void atAnyMomentLeavesAGoodFile() throws Exception {
    String first = file.read().keys().get(0).id();
    Random random = new Random(60);
    for (int i = 0; i < KILLS; i++) {
      Process process = editor();
      assertThat(output(process).readLine()).isEqualTo("edited");
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      kill(process);
      assertThat(file.read().toJson()).isEqualTo(Files.readString(path)).contains(first);
    }
    file.edit(keys -> keys.rotate(Duration.ZERO, NOON, new SecureRandom()));
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
  }

  @Test
  void aDiskThatTakesNoMoreInTheMiddleOfAWriteLeavesTheLastGoodFile() throws Exception {
    ProcessBuilder limited =
        new ProcessBuilder("sh", "-c", "ulimit -f 2; exec \"$@\"", "sh"); // 2 blocks of 512 bytes
    limited.command().addAll(command());
    Process process = limited.redirectErrorStream(true).start();
    List<String> lines = output(process).lines().toList();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(lines).startsWith("edited").anyMatch(line -> line.contains("File too large"));
    assertThat(file.read().keys()).hasSizeGreaterThan(1);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("keys.json", "keys.json.lock");
    file.edit(keys -> keys.rotate(Duration.ZERO, NOON, new SecureRandom()));
  }
}
