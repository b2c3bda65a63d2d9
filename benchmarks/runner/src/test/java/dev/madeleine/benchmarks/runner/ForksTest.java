package dev.madeleine.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForksTest {
  @TempDir private Path folder;

  /** A fork that reads what the parent tells it to have found. */
  static final class Echo {
    private Echo() {}

    public static void main(String... arguments) throws IOException {
      System.out.println("a line of something else");
      System.out.print(new String(System.in.readAllBytes(), UTF_8));
      System.exit(Integer.parseInt(arguments[0]));
    }
  }

  private List<Measurement> run(int forks, String status) throws Exception {
    Forks jvms = new Forks(List.of("-Xshare:auto"), Forks.ownClassPath(), folder.resolve("log"));
    return jvms.run(
        forks,
        Echo.class.getName(),
        List.of(status),
        List.of(new Reading("a", true, 1, 2, 3).line()));
  }

  @Test
  void putsTogetherWhatAllForksSay() throws Exception {
    Reading reading = new Reading("a", true, 1, 2, 3);
    assertThat(run(2, "0")).containsExactly(new Measurement("a", List.of(reading, reading)));
  }

  @Test
  void failsWithAFork() {
    assertThatThrownBy(() -> run(1, "3"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with 3: see " + folder.resolve("log"));
  }
}
