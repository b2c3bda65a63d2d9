package dev.madeleine.store.redis;

import dev.madeleine.SharedMarks;
import dev.madeleine.testkit.SharedMarksContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisMarksContractTest extends SharedMarksContract {
  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new RedisServer();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected SharedMarks open(String application, String audience) {
    return RedisMarks.of(server.client(), application).withAudience(audience);
  }
}
