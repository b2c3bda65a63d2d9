package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
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
  void sumsTheParts() {
    Results parts = Results.of(parts("decode"));

    ResultRow ours = row("text", "decode", "madeleine", 124);
    ResultRow sum = parts.parts("decode", 164, "sum of parts, Jackson").orElseThrow();
    assertThat(sum.cpuNs()).isEqualTo(2 + 4 + 8 + 16 + 32);
    assertThat(sum.bytes()).isEqualTo(5 * 7);
    assertThat(parts.parts("decode", 164, "sum of parts, handwritten JSON").orElseThrow().cpuNs())
        .isEqualTo(2 + 4 + 8 + 16 + 64);
    assertThat(parts.ratioToParts(ours, "sum of parts, Jackson")).hasValue(2);
  }

  @Test
  void comparesOnlyTextsWithTheParts() {
    Results parts = Results.of(parts("decode"));

    assertThat(
            parts.ratioToParts(row("keyring", "decode", "1 key", 124), Results.PARTS_WITH_JACKSON))
        .isEmpty();
  }

  @Test
  void doubtsASumWhenItDoubtsAPart() {
    List<ResultRow> parts = parts("decode");
    parts.replaceAll(
        part ->
            part.name().equals("text") ? Rows.notWarm("parts", "decode", "text", 164, 8) : part);

    assertThat(
            Results.of(parts)
                .parts("decode", 164, Results.PARTS_BY_HAND)
                .orElseThrow()
                .measured()
                .doubt())
        .contains("not warm");
  }

  @Test
  void leavesAwayThePartThatAnOperationDoesWithout() {
    Results parts = Results.of(parts("encode"));

    assertThat(parts.find("parts", "encode", "compare", 164)).isEmpty();
    assertThat(parts.parts("encode", 164, Results.PARTS_WITH_JACKSON).orElseThrow().cpuNs())
        .isEqualTo(62 - 16);
  }

  @Test
  void hasNoSumWhenAPartIsMissing() {
    List<ResultRow> parts = parts("decode");
    parts.removeIf(part -> part.name().equals(Part.TEXT.label()));

    assertThat(Results.of(parts).rows())
        .extracting(ResultRow::name)
        .doesNotContain(Results.PARTS_BY_HAND, Results.PARTS_WITH_JACKSON);
  }

  @Test
  void listsTheSumsAfterTheirParts() {
    assertThat(Results.of(parts("decode")).rows())
        .extracting(ResultRow::name)
        .containsExactly(
            "hmac",
            "base64",
            "text",
            "compare",
            "jackson",
            "handwritten",
            "sum of parts, Jackson",
            "sum of parts, handwritten JSON");
  }

  @Test
  void writesOneObjectForEachRow(@TempDir Path folder) throws Exception {
    File file = folder.resolve("results.json").toFile();

    Results.of(List.of(Rows.disturbed("text", "encode", "madeleine", 164, 700))).writeJson(file);

    JsonNode rows = new ObjectMapper().readTree(file);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).toString())
        .isEqualTo(
            "{\"group\":\"text\",\"operation\":\"encode\",\"name\":\"madeleine\",\"size\":164,"
                + "\"jdk\":\""
                + System.getProperty("java.version")
                + "\",\"cpuNs\":700.0,\"tenthNs\":701.0,\"forks\":[700.0,1400.0,1400.0],"
                + "\"bytes\":0,\"doubt\":\"disturbed\"}");
  }

  /** Each part costs twice the part before; the first 2 ns. */
  private static List<ResultRow> parts(String operation) {
    List<ResultRow> parts = new ArrayList<>();
    double nanos = 2;
    for (Part part : Part.values()) {
      parts.add(Rows.row("parts", operation, part.label(), 164, nanos, 7));
      nanos *= 2;
    }
    return parts;
  }

  private static ResultRow row(String group, String operation, String name, double cpuNs) {
    return Rows.row(group, operation, name, 164, cpuNs, 0);
  }
}
