package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.NativeEncoder;
import dev.madeleine.servlet.SessionFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TracerTest {
  @Test
  @Timeout(300)
  void followsARequestFromTheFilterToTheEncoder() throws Exception {
    RequestTrace trace = Tracer.trace(100);

    assertThat(trace.report())
        .contains(SessionFilter.class.getSimpleName(), NativeEncoder.class.getSimpleName());
    assertThat(trace.entries()).hasSizeGreaterThan((int) trace.methods());
    assertThat(trace.methods()).isGreaterThan(trace.files());
    assertThat(trace.changesOfFile()).isBetween(trace.files() - 1, trace.entries().size() - 1L);
    assertThat(trace.entries())
        .extracting(RequestTrace.Entry::file)
        .allMatch(file -> file.startsWith("dev/madeleine/") && file.endsWith(".java"))
        .noneMatch(file -> file.contains("benchmarks"));
  }
}
