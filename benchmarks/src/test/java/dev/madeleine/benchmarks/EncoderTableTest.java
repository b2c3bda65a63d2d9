package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncoderTableTest {
  @Test
  void hasALineForEachEncoderWithItsLengthsAndMicroseconds() {
    int size = SampleSession.SMALL.jsonBytes();
    List<ResultRow> rows =
        List.of(
            Rows.row("encoder", "encode", "signed", size, 812.3, 2000),
            Rows.row("encoder", "decode", "signed", size, 1004.2, 3000),
            Rows.row("text", "decode", "signed", size, 1, 1));

    List<String> lines = EncoderTable.of(rows).lines().toList();

    assertThat(lines).hasSize(2 + EncoderChoice.values().length);
    assertThat(lines.get(0))
        .startsWith("| characters; µs to write / read, for JSON of | 164 B | 1,550 B | 2,927 B |");
    assertThat(lines.get(2))
        .matches(
            "\\| signed \\| 314 \\| 2,162 \\| 3,998 \\| 0\\.8 / 1\\.0 \\| \\? / \\? \\| \\? / \\? \\|");
  }

  @Test
  void theDocumentHasTheSameLinesAndLengths() throws IOException {
    String document = Files.readString(Path.of("../docs/encoders.md"));
    for (String line : EncoderTable.of(List.of()).lines().skip(2).toList()) {
      String lengths = String.join("|", List.of(line.split("\\|", 6)).subList(0, 5));
      assertThat(document).contains("\n" + lengths + "|");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEncoderPassesTheCheckBeforeItIsTimed(EncoderChoice encoder) {
    for (SampleSession session : SampleSession.values()) {
      EncoderBenchmark benchmark = new EncoderBenchmark();
      benchmark.encoder = encoder;
      benchmark.session = session;
      benchmark.prepare();
      assertThat(benchmark.decode()).isNotNull();
    }
  }
}
