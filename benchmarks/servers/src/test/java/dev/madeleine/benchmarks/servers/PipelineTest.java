package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.benchmarks.runner.Forks;
import dev.madeleine.benchmarks.runner.Turn;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineTest {
  @ParameterizedTest
  @EnumSource
  void countsWhatTheServersOwnThreadsTake(Container container) throws Exception {
    LoadedServer server = LoadedServer.start(container, SessionKind.READ, Forks.ownClassPath());
    PipelinedVariant variant =
        new PipelinedVariant("read", "none", server, new Visitor(SessionKind.READ, server.port()));
    variant.take(1);

    Turn turn = variant.take(100);

    assertThat(turn.cpuNanos()).isPositive();
    assertThat(turn.bytes()).isGreaterThan(100 * 1000);
  }

  @ParameterizedTest
  @EnumSource
  void findsOutThatASessionIsLost(Container container) throws Exception {
    LoadedServer server = LoadedServer.start(container, SessionKind.READ, Forks.ownClassPath());
    try (Pipeline pipeline = new Pipeline(server.port())) {
      assertThatThrownBy(() -> pipeline.ask("__Host-session=forged", 3))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the answer is HTTP/1.1 409");
    }
  }
}
