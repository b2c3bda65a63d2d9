package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.JsonSerializer;
import org.junit.jupiter.api.Test;

class SmallSessionTest {
  @Test
  void isAsLargeAsTheSmallSessionOfTheOtherBenchmarks() {
    assertThat(JsonSerializer.PLAIN.toBytes(SmallSession.attributes())).hasSize(164);
  }
}
