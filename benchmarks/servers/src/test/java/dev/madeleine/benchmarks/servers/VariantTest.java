package dev.madeleine.benchmarks.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is measured does what its name says. */
class VariantTest {
  private static final int NO_REDIS = 0;

  @TempDir private Path folder;

  static Iterable<Variant> all() {
    return Variant.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void answersAsItsKindOfSessionHasTo(Variant variant) throws Exception {
    if (variant.kind().store() != SessionStore.REDIS) {
      check(variant, NO_REDIS);
      return;
    }
    Needed.program("redis-server");
    try (RedisProcess redis = RedisProcess.start(folder)) {
      check(variant, redis.port());
    }
  }

  private static void check(Variant variant, int redisPort) throws Exception {
    Application application = Application.of(variant.kind(), redisPort);
    try (WebServer server = variant.container().start(application)) {
      new Visitor(variant.kind(), server.port()).check();
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void findsOutThatAnotherKindAnswers(Container container) throws Exception {
    Application application = Application.of(SessionKind.READ, NO_REDIS);
    try (WebServer server = container.start(application)) {
      assertThatThrownBy(() -> new Visitor(SessionKind.CHANGED, server.port()).check())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the answer is \"views 42\", expected \"views 43\"");
      assertThatThrownBy(() -> new Visitor(SessionKind.IN_MEMORY, server.port()).check())
          .hasMessageContaining("a login has to set the cookie JSESSIONID");
      assertThatThrownBy(() -> new Visitor(SessionKind.UNTOUCHED, server.port()).check())
          .hasMessageContaining("/views has to answer with 200, it was 409");
    }
  }

  @Test
  void isEachKindInEachContainer() {
    assertThat(Variant.all()).hasSize(16).doesNotHaveDuplicates();
    assertThat(Variant.all().get(5)).hasToString("Tomcat, Madeleine, changed");
  }
}
