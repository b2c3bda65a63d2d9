package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several threads of one request, and several requests of one session. */
interface ThreadScenarios extends Scenarios {
  private static Map<String, Integer> numbered(int from, int to) {
    Map<String, Integer> attributes = new TreeMap<>();
    IntStream.range(from, to).forEach(i -> attributes.put("a" + i, i));
    return attributes;
  }

  @Test
  default void loseNothingWhenAParallelStreamSets() throws Exception {
    site()
        .on(
            "/page",
            (request, response) ->
                IntStream.range(0, 60)
                    .parallel()
                    .forEach(i -> request.getSession().setAttribute("a" + i, i)));

    site().get("/page").is(200, "", storing(numbered(0, 60)));
  }

  @Test
  default void loseNothingWhenThreadsSetGetAndRemove() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              IntStream.range(0, 60)
                  .parallel()
                  .forEach(
                      i -> {
                        session.setAttribute("a" + i, i);
                        assertThat(session.getAttribute("a" + i)).isEqualTo(i);
                        if (i >= 20) {
                          session.removeAttribute("a" + i);
                        }
                        assertThat(session.getAttributeNames().hasMoreElements()).isTrue();
                      });
            });
    String cookie = site().cookies().pair(Map.of("z", 1));

    Map<String, Object> left = new TreeMap<>(numbered(0, 20));
    left.put("z", 1);
    site().get("/page", cookie).is(200, "", storing(left));
  }

  @Test
  default void loseNothingWhenAsyncThreadsSetAndComplete() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              AtomicInteger left = new AtomicInteger(8);
              for (int thread = 0; thread < 8; thread++) {
                int first = thread * 5;
                site()
                    .handlers()
                    .inBackground(
                        () -> {
                          numbered(first, first + 5).forEach(request.getSession()::setAttribute);
                          if (left.decrementAndGet() == 0) {
                            response.getWriter().print("complete");
                            async.complete();
                          }
                        });
              }
            });

    site().get("/page").is(200, "complete", storing(numbered(0, 40)));
  }

  @Test
  default void seeOneSession() throws Exception {
    site()
        .on(
            "/page",
            (request, response) ->
                response
                    .getWriter()
                    .print(
                        IntStream.range(0, 50)
                            .parallel()
                            .mapToObj(i -> System.identityHashCode(request.getSession()))
                            .distinct()
                            .count()));

    site().get("/page").is(200, "1");
    assertThat(site().log().lines()).containsExactly("first created", "second created");
  }

  @Test
  default void neverWriteInARequestThatOnlyReads() throws Exception {
    site()
        .on(
            "/page",
            (request, response) ->
                response.getWriter().print(request.getSession().getAttribute("a")));
    String cookie = site().cookies().pair(Map.of("a", 1));

    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(site().later(() -> site().get("/page", cookie)));
    }

    for (Future<Answer> answer : answers) {
      answer.get(60, TimeUnit.SECONDS).is(200, "1");
    }
  }

  @Test
  default void doNotMixTheSessionsOfParallelRequests() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              Object before = session.getAttribute("a");
              both.countDown();
              assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
              session.setAttribute("b", before);
              response.getWriter().print(before);
            });
    String one = site().cookies().pair(Map.of("a", 1));
    String two = site().cookies().pair(Map.of("a", 2));

    Future<Answer> first = site().later(() -> site().get("/page", one));
    Future<Answer> second = site().later(() -> site().get("/page", two));

    first.get(60, TimeUnit.SECONDS).is(200, "1", storing(Map.of("a", 1, "b", 1)));
    second.get(60, TimeUnit.SECONDS).is(200, "2", storing(Map.of("a", 2, "b", 2)));
  }
}
