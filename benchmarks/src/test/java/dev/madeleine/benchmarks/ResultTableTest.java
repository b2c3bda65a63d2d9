package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void printsTheCostInUnitsOfTheLimitsAndOfOurs() {
    List<ResultRow> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      rows.add(row("limit", "encode", part.label(), 164, part == Part.JACKSON ? 300 : 100, 8));
    }
    rows.add(row("text", "encode", "jjwt", 164, 4200, 37112));
    rows.add(row("text", "encode", "madeleine", 164, 700.3, 1064));
    rows.add(row("text", "encode", "madeleine", 1550, 2100, 4000));

    assertThat(ResultTable.of(Results.of(rows)).lines())
        .containsExactly(
            "                              CPU ns/op wall ns/op       B/op     x LJ      x L   x ours",
            "",
            "limit encode, 164 bytes of JSON",
            "  hmac                              100        101          8     0.17     0.25        -",
            "  base64                            100        101          8     0.17     0.25        -",
            "  text                              100        101          8     0.17     0.25        -",
            "  handwritten                       100        101          8     0.17     0.25        -",
            "  jackson                           300        301          8     0.50     0.75        -",
            "  L                                 400        404         32     0.67     1.00        -",
            "  LJ                                600        604         32     1.00     1.50        -",
            "",
            "text encode, 164 bytes of JSON",
            "  madeleine                         700        701      1,064     1.17     1.75     1.00",
            "  jjwt                            4,200      4,201     37,112     7.00    10.50     6.00",
            "",
            "text encode, 1,550 bytes of JSON",
            "  madeleine                       2,100      2,101      4,000        -        -     1.00");
  }

  private static ResultRow row(
      String group, String operation, String name, int size, double cpuNs, long bytes) {
    return new ResultRow(group, operation, name, size, "17", cpuNs, cpuNs + 1, bytes);
  }
}
