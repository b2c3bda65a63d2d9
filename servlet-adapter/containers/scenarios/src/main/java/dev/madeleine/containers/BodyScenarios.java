package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session is set, and then the body commits the response in one way or another. */
interface BodyScenarios extends Scenarios {
  /** More than any container keeps in its buffer. */
  String LARGE = "0123456789".repeat(10_000) + BodyWay.END;

  /** Fewer characters than a buffer's bytes, but more bytes. */
  String MULTIBYTE = "é€𝄞x".repeat(10_000) + BodyWay.END;

  String STORED = storing(Map.of("a", 1));

  @Test
  default void setsBeforeTheBody() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("hello");
            });

    site().get("/page").is(200, "hello", STORED);
  }

  @Test
  default void setsAfterTheBodyButBeforeTheCommit() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.getWriter().print("hello");
              request.getSession().setAttribute("a", 1);
            });

    site().get("/page").is(200, "hello", STORED);
  }

  @ParameterizedTest
  @EnumSource
  default void setsBeforeABodyLargerThanTheBuffer(BodyWay way) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              request.getSession().setAttribute("a", 1);
              way.write(response, LARGE);
            });

    site().get("/page").is(200, LARGE, STORED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM_PRINT")
  default void setsBeforeAMultibyteBodyLargerThanTheBuffer(BodyWay way) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              request.getSession().setAttribute("a", 1);
              way.write(response, MULTIBYTE);
            });

    site().get("/page").is(200, MULTIBYTE, STORED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECK_ERROR") // It commits.
  default void setsBetweenABodyInTheBufferAndOneThatOverflowsIt(BodyWay way) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              request.getSession().setAttribute("a", 0);
              way.write(response, "begin" + BodyWay.END);
              request.getSession().setAttribute("a", 1);
              way.write(response, LARGE);
            });

    site().get("/page").is(200, "begin" + BodyWay.END + LARGE, STORED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECK_ERROR") // It commits.
  default void setsBeforeTheContentLengthIsReached(BodyWay way) throws Exception {
    String text = "0123456789" + BodyWay.END;
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              response.setContentLength(2 * text.length());
              way.write(response, text);
              request.getSession().setAttribute("a", 1);
              way.write(response, text);
            });

    site().get("/page").is(200, text + text, STORED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM_PRINT")
  default void setsBeforeTheContentLengthIsReachedByMultibyteText(BodyWay way) throws Exception {
    String text = "é€𝄞" + BodyWay.END;
    site()
        .on(
            "/page",
            (request, response) -> {
              response.setContentType("text/plain;charset=UTF-8");
              response.setContentLengthLong(text.getBytes(StandardCharsets.UTF_8).length);
              request.getSession().setAttribute("a", 1);
              way.write(response, text);
            });

    site().get("/page").is(200, text, STORED);
  }

  @Test
  default void setsBeforeFlushBuffer() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("before");
              response.flushBuffer();
              assertThat(response.isCommitted()).isTrue();
              response.getWriter().print(" after");
            });

    site().get("/page").is(200, "before after", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsBeforeFlush(boolean writer) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              if (writer) {
                response.getWriter().print("before");
                response.getWriter().flush();
                response.getWriter().print(" after");
              } else {
                response.getOutputStream().print("before");
                response.getOutputStream().flush();
                response.getOutputStream().print(" after");
              }
            });

    site().get("/page").is(200, "before after", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsBeforeClose(boolean writer) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              if (writer) {
                response.getWriter().print("closed");
                response.getWriter().close();
              } else {
                response.getOutputStream().print("closed");
                response.getOutputStream().close();
              }
            });

    site().get("/page").is(200, "closed", STORED);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  default void setsWithAStatusThatHasNoBody(int status) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.setStatus(status);
            });

    site().get("/page").is(status, "", STORED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "long"})
  default void setsOnHead(String length) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print(length.equals("long") ? LARGE : length);
            });

    site().send("HEAD", "/page").is(200, "", STORED);
  }

  @Test
  default void setsBeforeReset() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.addHeader("Set-Cookie", "own=1");
              response.setStatus(500);
              response.getWriter().print("thrown away");
              response.reset();
              response.getWriter().print("kept");
            });

    site().get("/page").is(200, "kept", STORED);
  }

  @Test
  default void setsBeforeResetAndOverflowsTheBufferAfterwards() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("thrown away");
              response.reset();
              response.getOutputStream().print(LARGE);
            });

    site().get("/page").is(200, LARGE, STORED);
  }

  @Test
  default void setsBeforeResetBuffer() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              response.getWriter().print("thrown away");
              response.resetBuffer();
              response.getWriter().print("kept");
            });

    site().get("/page").is(200, "kept", STORED);
  }
}
