package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private File jmhResults;

  @BeforeEach
  void findJmhResults() throws Exception {
    jmhResults = new File(ResultTableTest.class.getResource("jmh.json").toURI());
  }

  @Test
  void printsTheCostInUnitsOfOurs() throws Exception {
    assertThat(ResultTable.read(jmhResults).toString().lines())
        .containsExactly(
            "operation            JSON bytes  name                       CPU ns/op wall ns/op       B/op   x ours",
            "",
            "request loadGet           1,550  madeleine                        950      1,100      2,457     1.00",
            "",
            "text encode                 164  madeleine                        700        912      1,064     1.00",
            "text encode                 164  jjwt                           4,200      5,001     37,112     6.00");
  }

  @Test
  void takesTheLeastDisturbedIterationOfAllForks() throws Exception {
    assertThat(ResultTable.read(jmhResults).rows().get(1))
        .isEqualTo(
            new ResultRow("text", "encode", "madeleine", 164, "17.0.15", 700.3, 912.3, 1064));
  }

  @Test
  void writesOneObjectForEachRow(@TempDir Path folder) throws Exception {
    File results = folder.resolve("results.json").toFile();

    ResultTable.main(jmhResults.getPath(), results.getPath());

    JsonNode rows = new ObjectMapper().readTree(results);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).fieldNames())
        .toIterable()
        .containsExactly("group", "operation", "name", "size", "jdk", "cpuNs", "wallNs", "bytes");
  }
}
