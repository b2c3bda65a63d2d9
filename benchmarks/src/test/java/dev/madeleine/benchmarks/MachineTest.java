package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void namesTheProcessor() {
    List<String> cpuInfo =
        List.of("processor\t: 0", "model name\t: Some CPU @ 3 GHz", "flags\t: a");

    assertThat(Machine.model(cpuInfo, "amd64")).isEqualTo("Some CPU @ 3 GHz");
  }

  @Test
  void namesTheArchitectureWhereTheProcessorHasNoName() {
    assertThat(Machine.model(List.of("processor\t: 0"), "aarch64")).isEqualTo("aarch64");
  }

  @Test
  void knowsTheJvm() throws Exception {
    assertThat(Machine.here().toString()).contains("JDK " + Runtime.version().feature());
  }
}
