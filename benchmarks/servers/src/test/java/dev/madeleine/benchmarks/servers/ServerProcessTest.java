package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  private static final Variant READ = new Variant(Container.TOMCAT, SessionKind.READ);

  @TempDir private Path folder;

  @Test
  void servesAndEndsWithItsStandardInput() throws Exception {
    ServerProcess server = ServerProcess.start(READ, List.of(), 0, folder.resolve("log"));
    ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
    try (server) {
      long before = server.allocatedBytes();
      new Visitor(READ.kind(), server.port()).check();
      assertThat(server.allocatedBytes()).isGreaterThan(before + 1000);
      assertThat(server.jitTime()).isPositive().isLessThanOrEqualTo(server.cpuTime());
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void saysWhereToLookWhenItDoesNotStart() throws Exception {
    Path log = folder.resolve("log");
    assertThatThrownBy(() -> ServerProcess.start(READ, List.of("-XX:+NoSuchOption"), 0, log))
        .isInstanceOf(IOException.class)
        .hasMessage("Tomcat, Madeleine, read did not start: see " + log);
    assertThat(Files.readString(log, UTF_8)).contains("NoSuchOption");
  }
}
