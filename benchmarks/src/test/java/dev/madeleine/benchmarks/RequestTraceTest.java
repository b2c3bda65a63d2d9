package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.benchmarks.RequestTrace.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTraceTest {
  private static final RequestTrace TRACE =
      new RequestTrace(
          List.of(
              new Entry("a/Door.java", "Door", "open"),
              new Entry("a/Room.java", "Room", "enter"),
              new Entry("a/Room.java", "Room.Lamp", "light"),
              new Entry("a/Door.java", "Door", "close"),
              new Entry("a/Room.java", "Room", "enter")));

  @Test
  void countsMethodsFilesAndChangesOfFile() {
    assertThat(TRACE.methods()).isEqualTo(4);
    assertThat(TRACE.files()).isEqualTo(2);
    assertThat(TRACE.changesOfFile()).isEqualTo(3);
  }

  @Test
  void listsClassesInTheOrderOfTheirFirstEntry() {
    assertThat(TRACE.report().lines().map(String::strip))
        .endsWith("2       2  Door", "2       1  Room", "1       1  Room.Lamp");
  }
}
