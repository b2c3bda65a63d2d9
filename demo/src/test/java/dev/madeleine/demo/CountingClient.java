package dev.madeleine.demo;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;

/**
 * A client of a {@link ChaosRun}. It counts its answers, and compares with what its session has
 * counted.
 */
final class CountingClient {
  private static final long PATIENCE_MS = 60_000;

  /** One request of so many is followed by a pause, so that there are bursts. */
  private static final int BURST = 10;

  private static final int LONGEST_PAUSE_MS = 100;
  private static final int RETRY_PAUSE_MS = 2;

  private final int number;
  private final ChaosRun run;
  private final List<ChaosNode> nodes;
  private final Random random;
  private final Visitor visitor = new Visitor();
  private String signedBy = "";
  private int counted;

  CountingClient(int number, ChaosRun run, List<ChaosNode> nodes, Random random) {
    this.number = number;
    this.run = run;
    this.nodes = nodes;
    this.random = random;
  }

  /** Sends requests until the run is over. */
  void start() throws InterruptedException {
    while (!run.isOver()) {
      request();
      if (random.nextInt(BURST) == 0) {
        run.pause(random.nextInt(LONGEST_PAUSE_MS));
      }
    }
  }

  /** One request, sent to one node after the other until one answers. */
  private void request() throws InterruptedException {
    long since = System.nanoTime();
    for (int at = random.nextInt(nodes.size()); !run.isOver(); at = (at + 1) % nodes.size()) {
      ChaosNode node = nodes.get(at);
      try {
        check(visitor.get(node.url() + "/views"), node);
        return;
      } catch (IOException e) {
        run.countUnanswered(); // The node was killed. Its cookie, if it made one, is lost with it.
        if (System.nanoTime() - since > PATIENCE_MS * 1_000_000) {
          throw new AssertionError("client %d gets no answer".formatted(number), e);
        }
        run.pause(RETRY_PAUSE_MS);
      }
    }
  }

  private void check(HttpResponse<String> response, ChaosNode node) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          "client %d: node %s answers %d: %s"
              .formatted(number, node, response.statusCode(), response.body()));
    }
    run.countAnswer();
    Anatomy cookie = Anatomy.of(visitor.cookie());
    if (cookie == null || !cookie.json().equals(response.body())) {
      throw new AssertionError(
          "client %d: node %s answers %s, but the cookie is another"
              .formatted(number, node, response.body()));
    }
    String signed = cookie.keyId();
    int views = Integer.parseInt(response.body().replaceAll("\\D", ""));
    if (views != counted + 1) {
      run.countLost(
          "client %d: expected %d, got %d from node %s; rotation %d; the cookie was signed by key %s, the new one by %s"
              .formatted(number, counted + 1, views, node, run.rotations(), signedBy, signed));
    } else if (!signedBy.isEmpty() && !signedBy.equals(signed)) {
      run.countReissue();
    }
    counted = views;
    signedBy = signed;
  }
}
