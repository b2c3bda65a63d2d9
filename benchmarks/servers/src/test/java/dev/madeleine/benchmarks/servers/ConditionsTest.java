package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionsTest {
  @Test
  void namesVersionsAndOptions() throws Exception {
    Needed.program("redis-server");
    assertThat(Conditions.describe(Pace.named("full")))
        .contains(Runtime.version().toString())
        .contains("-XX:+UseSerialGC -Xms256m")
        .containsPattern("Tomcat 11\\.\\d+\\.\\d+(\\.\\d+)?, Jetty 12\\.\\d+\\.\\d+")
        .containsPattern("Spring Session \\d+\\.\\d+\\.\\d+ with Lettuce \\d+\\.")
        .containsPattern("Redis server v=\\d")
        .contains("after at most 10 turns of warm-up 7 rounds of 2 s each");
  }
}
