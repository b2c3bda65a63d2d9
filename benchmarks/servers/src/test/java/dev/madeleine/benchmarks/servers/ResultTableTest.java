package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  @TempDir private Path folder;

  /** In-memory costs 20 µs, ours 21 and 24.6, Spring Session 126 and 120. */
  private static ResultTable table(double jit) {
    Rounds rounds = new Rounds();
    for (Variant variant : Variant.all()) {
      double cpu =
          switch (variant.kind()) {
            case NONE -> 19;
            case IN_MEMORY, IN_MEMORY_CHANGED, UNTOUCHED -> 20;
            case READ -> 21;
            case CHANGED -> 24.6;
            case REDIS -> 126;
            case REDIS_CHANGED -> 120;
          };
      double redis = variant.kind().store() == SessionStore.REDIS ? 22 : 0;
      rounds.add(variant, new Sample(cpu, jit, redis, 1234.4, 33333.3));
    }
    return new ResultTable(rounds);
  }

  @Test
  void hasALineForEachVariant() {
    assertThat(table(0.25).toString().lines())
        .contains(
            "server  session                            CPU µs    least x in-memory  JIT µs  Redis µs"
                + " B/request  requests/s",
            "Tomcat  Madeleine, read                      21.0     21.0       1.050    0.25         -"
                + "     1,234      33,333",
            "Jetty   Spring Session + Redis, read        126.0    126.0       6.300    0.25      22.0"
                + "     1,234      33,333");
  }

  @Test
  void saysWhichTargetsAreMet() {
    assertThat(table(0.25).toString().lines())
        .contains(
            "Tomcat  Madeleine, read: 1.05 x in-memory, read, target at most 1.08: met",
            "Tomcat  Madeleine, changed: 1.23 x in-memory, read, target at most 1.22: MISSED",
            "Jetty   Spring Session + Redis, read: 6.00 x Madeleine, read, target at least 5.00:"
                + " met",
            "Jetty   Spring Session + Redis, changed: 4.88 x Madeleine, changed, target at least"
                + " 5.00: MISSED");
  }

  @Test
  void judgesNothingWhileTheJitIsAtWork() {
    assertThat(table(3).toString().lines())
        .contains(
            "Tomcat  Madeleine, read: 1.05 x in-memory, read, target at most 1.08: unknown, the JIT"
                + " was still at work");
  }

  @Test
  void writesItsRowsAsJson() throws Exception {
    Path file = folder.resolve("results.json");
    table(0.25).writeJson(file.toFile());
    JsonNode rows = new ObjectMapper().readTree(file.toFile());
    assertThat(rows).hasSize(16);
    assertThat(rows.get(4).toString())
        .isEqualTo(
            "{\"server\":\"Tomcat\",\"session\":\"Madeleine, read\",\"jdk\":\""
                + System.getProperty("java.version")
                + "\",\"rounds\":1,\"cpuMicros\":21.0,\"leastCpuMicros\":21.0,"
                + "\"toInMemory\":1.05,\"jitMicros\":0.25,"
                + "\"redisMicros\":0.0,\"bytes\":1234,\"perSecond\":33333}");
  }
}
