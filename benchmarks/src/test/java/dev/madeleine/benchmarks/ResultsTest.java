package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private Results results;

  @BeforeEach
  void readWhatJmhWrote() throws Exception {
    results = Results.read(new File(ResultsTest.class.getResource("jmh.json").toURI()));
  }

  @Test
  void takesTheLeastDisturbedIterationOfAllForks() {
    assertThat(results.find("text", "encode", "madeleine", 164))
        .contains(new ResultRow("text", "encode", "madeleine", 164, "17.0.15", 700.3, 912.3, 1064));
  }

  @Test
  void namesRowsByThatInWhichTheyDiffer() {
    assertThat(results.rows())
        .extracting(row -> row.group() + " | " + row.operation() + " | " + row.name())
        .contains(
            "encoder | decode | signed-cbor",
            "filter | untouched | madeleine",
            "keyring | decodeOldest | 16 keys",
            "limit | decode | hmac",
            "rejection | decode encrypted | no base64",
            "request | loadGet | madeleine",
            "text | encode | jjwt",
            "threads | decode signed | 2 threads");
  }

  @Test
  void comparesWithTheOrdinaryCaseWhereAllAreOurs() {
    Results threads =
        Results.of(
            List.of(
                row("threads", "decode signed", "1 thread", 800),
                row("threads", "decode signed", "2 threads", 880),
                row("threads", "decode encrypted", "2 threads", 1)));

    assertThat(threads.rows())
        .extracting(row -> row.name() + " " + threads.ratioToOurs(row).orElse(0))
        .containsExactly("2 threads 0.0", "1 thread 1.0", "2 threads 1.1");
  }

  @Test
  void sumsThePartsToTheLimits() {
    Results limits = Results.of(limitParts("decode"));

    ResultRow ours = row("text", "decode", "madeleine", 124);
    assertThat(limits.find("limit", "decode", "LJ", 164))
        .contains(new ResultRow("limit", "decode", "LJ", 164, "17", 62, 67, 35));
    assertThat(limits.find("limit", "decode", "L", 164).orElseThrow().cpuNs())
        .isEqualTo(2 + 4 + 8 + 16 + 64);
    assertThat(limits.ratioToLimit(ours, "LJ")).hasValue(2);
  }

  @Test
  void leavesAwayThePartThatAnOperationDoesWithout() {
    Results limits = Results.of(limitParts("encode"));

    assertThat(limits.find("limit", "encode", "compare", 164)).isEmpty();
    assertThat(limits.find("limit", "encode", "LJ", 164).orElseThrow().cpuNs()).isEqualTo(62 - 16);
  }

  @Test
  void hasNoLimitWhenAPartIsMissing() {
    List<ResultRow> parts = limitParts("decode");
    parts.removeIf(part -> part.name().equals(Part.TEXT.label()));

    assertThat(Results.of(parts).rows()).extracting(ResultRow::name).doesNotContain("LJ", "L");
  }

  @Test
  void listsTheLimitsAfterTheirParts() {
    assertThat(Results.of(limitParts("decode")).rows())
        .extracting(ResultRow::name)
        .containsExactly("hmac", "base64", "text", "compare", "jackson", "handwritten", "LJ", "L");
  }

  @Test
  void writesOneObjectForEachRow(@TempDir Path folder) throws Exception {
    File file = folder.resolve("results.json").toFile();

    results.writeJson(file);

    JsonNode rows = new ObjectMapper().readTree(file);
    assertThat(rows).hasSameSizeAs(results.rows());
    for (JsonNode row : rows) {
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactly("group", "operation", "name", "size", "jdk", "cpuNs", "wallNs", "bytes");
    }
  }

  /** Each part costs twice the part before; the first 2 ns. */
  private static List<ResultRow> limitParts(String operation) {
    List<ResultRow> parts = new ArrayList<>();
    double nanos = 2;
    for (Part part : Part.values()) {
      parts.add(new ResultRow("limit", operation, part.label(), 164, "17", nanos, nanos + 1, 7));
      nanos *= 2;
    }
    return parts;
  }

  private static ResultRow row(String group, String operation, String name, double cpuNs) {
    return new ResultRow(group, operation, name, 164, "17", cpuNs, cpuNs, 0);
  }
}
