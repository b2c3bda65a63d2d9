package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void printsTheCostInUnitsOfThePartsAndOfOurs() {
    List<ResultRow> rows = new ArrayList<>();
    for (Part part : Part.values()) {
      rows.add(Rows.row("parts", "encode", part.label(), 164, part == Part.JACKSON ? 300 : 100, 8));
    }
    rows.add(Rows.disturbed("text", "encode", "jjwt", 164, 4200));
    rows.add(Rows.row("text", "encode", "madeleine", 164, 700.3, 1064));
    rows.add(Rows.notWarm("text", "encode", "madeleine", 1550, 2100));

    assertThat(ResultTable.of(Results.of(rows)).lines())
        .containsExactly(
            "                                     CPU ns/op       tenth   forks       B/op  x parts x p.hand   x ours",
            "",
            "parts encode, 164 bytes of JSON",
            "  hmac                                     100         101   +0.0%          8     0.17     0.25        -",
            "  base64                                   100         101   +0.0%          8     0.17     0.25        -",
            "  text                                     100         101   +0.0%          8     0.17     0.25        -",
            "  handwritten                              100         101   +0.0%          8     0.17     0.25        -",
            "  jackson                                  300         301   +0.0%          8     0.50     0.75        -",
            "  sum of parts, handwritten JSON           400         404   +0.0%         32     0.67     1.00        -",
            "  sum of parts, Jackson                    600         604   +0.0%         32     1.00     1.50        -",
            "",
            "text encode, 164 bytes of JSON",
            "  madeleine                                700         701   +0.0%      1,064     1.17     1.75     1.00",
            "  jjwt                                   4,200       4,201 +100.0%          0     7.00    10.50     6.00  unknown: disturbed",
            "",
            "text encode, 1,550 bytes of JSON",
            "  madeleine                              2,100       2,101   +0.0%          0        -        -     1.00  unknown: not warm");
  }
}
