package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkReportTest {
  private static final String GOOD =
      """
      Running 2s test @ http://127.0.0.1:35991/views
        1 threads and 8 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency   240.54us  171.37us   5.44ms   92.31%
          Req/Sec    33.51k     2.11k   36.20k    75.00%
        66674 requests in 2.00s, 8.01MB read
      Requests/sec:  33334.18
      Transfer/sec:      4.00MB
      """;

  @Test
  void readsRequestsAndRate() throws IOException {
    assertThat(WrkReport.parse(GOOD)).isEqualTo(new WrkReport(66674, 33334.18));
  }

  @Test
  void refusesAnswersWithAnErrorStatus() {
    assertThatThrownBy(() -> WrkReport.parse(GOOD + "  Non-2xx or 3xx responses: 17\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("wrk: Non-2xx or 3xx responses: 17");
  }

  @Test
  void refusesSocketErrors() {
    String errors = "  Socket errors: connect 0, read 3, write 0, timeout 0\n";
    assertThatThrownBy(() -> WrkReport.parse(GOOD + errors))
        .hasMessage("wrk: Socket errors: connect 0, read 3, write 0, timeout 0");
  }

  @Test
  void refusesAReportWithoutRequests() {
    assertThatThrownBy(() -> WrkReport.parse(GOOD.replace("66674", "0")))
        .hasMessage("wrk: no request was answered");
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatThrownBy(() -> WrkReport.parse("unable to connect to 127.0.0.1:1"))
        .hasMessage("wrk wrote no report: unable to connect to 127.0.0.1:1");
  }
}
