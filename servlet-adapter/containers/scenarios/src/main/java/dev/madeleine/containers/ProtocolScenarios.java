package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What containers do beyond request and response goes on behind the filter. */
interface ProtocolScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));

  @Test
  default void writeWithoutBlocking() throws Exception {
    byte[] piece = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              ServletOutputStream out = response.getOutputStream();
              out.setWriteListener(
                  new WriteListener() {
                    private int left = 20;

                    @Override
                    public void onWritePossible() throws IOException {
                      request.getSession().setAttribute("a", 1);
                      while (left > 0 && out.isReady()) {
                        out.write(piece);
                        left--;
                      }
                      if (left == 0 && out.isReady()) {
                        async.complete();
                      }
                    }

                    @Override
                    public void onError(Throwable e) {
                      throw new AssertionError(e);
                    }
                  });
            });

    site().get("/page").is(200, "0123456789".repeat(20_000), STORED);
  }

  @Test
  default void sendTrailers() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setTrailerFields(() -> Map.of("x-sum", "42"));
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("body");
              response.flushBuffer();
            });

    Answer answer = site().raw("/page", "TE: trailers", "Connection: keep-alive, TE");

    answer.is(200, "body", STORED);
    assertThat(answer.header("x-sum")).containsExactly("42");
  }

  @Test
  default void upgradeToAnotherProtocol() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.setStatus(101);
              response.setHeader("Upgrade", "greeting");
              response.setHeader("Connection", "Upgrade");
              request.upgrade(Greeting.class);
            });

    Answer answer = site().raw("/page", "Connection: Upgrade", "Upgrade: greeting");

    if (site().container().canUpgrade()) {
      answer.is(101, "hello", STORED);
    } else {
      answer.is(500, "error page", STORED);
    }
  }

  /** Says hello and hangs up. */
  class Greeting implements HttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
      try {
        connection.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void destroy() {}
  }

  @Test
  default void answerInHttp10() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print(BodyScenarios.LARGE);
            });

    site().rawInHttp10("/page").is(200, BodyScenarios.LARGE, STORED);
  }
}
