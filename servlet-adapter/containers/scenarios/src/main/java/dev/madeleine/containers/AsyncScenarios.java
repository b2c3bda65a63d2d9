package dev.madeleine.containers;

import static dev.madeleine.containers.SessionCookies.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SessionEvent;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that go on after the filter has returned. */
interface AsyncScenarios extends Scenarios {
  String STORED = storing(Map.of("a", 1));
  String BOTH = storing(Map.of("a", 1, "b", 2));

  @Test
  default void setsInAnotherThreadThatCompletes() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        request.getSession().setAttribute("a", 1);
                        response.getWriter().print("from a thread");
                        async.complete();
                      });
            });

    site().get("/page").is(200, "from a thread", STORED);
  }

  @Test
  default void setsInAThreadOfTheContainer() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              async.start(
                  () -> {
                    request.getSession().setAttribute("a", 1);
                    async.complete();
                  });
            });

    site().get("/page").is(200, "", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void findsTheSessionInTheRequestOfTheAsyncContext(boolean given) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async =
                  given ? request.startAsync(request, response) : request.startAsync();
              HttpSession session = request.getSession();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        HttpSession again = ((HttpServletRequest) async.getRequest()).getSession();
                        assertThat(again).isSameAs(session);
                        again.setAttribute("a", 1);
                        async.getResponse().getWriter().print("same");
                        async.complete();
                      });
            });

    site().get("/page").is(200, "same", STORED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void writesMoreThanTheBufferFromAnotherThread(boolean ofTheContext) throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        request.getSession().setAttribute("b", 2);
                        var answer = ofTheContext ? async.getResponse() : response;
                        answer.getWriter().print(BodyScenarios.LARGE);
                        async.complete();
                      });
            });

    site().get("/page").is(200, BodyScenarios.LARGE, BOTH);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void setsInTheTargetOfADispatch(boolean fromAThread) throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              response.getWriter().print("target " + request.getSession().getAttribute("a"));
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 0);
              AsyncContext async = request.startAsync();
              if (fromAThread) {
                site()
                    .handlers()
                    .inBackground(
                        () -> {
                          request.getSession().setAttribute("a", 1);
                          async.dispatch("/target");
                        });
              } else {
                request.getSession().setAttribute("a", 1);
                async.dispatch("/target");
              }
            });

    site().get("/page").is(200, "target 1", BOTH);
  }

  @Test
  default void dispatchesBackToItselfTwice() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpSession session = request.getSession();
              Integer passes = (Integer) session.getAttribute("a");
              session.setAttribute("a", passes == null ? 1 : passes + 1);
              if (passes == null || passes < 2) {
                AsyncContext async = request.startAsync();
                site().handlers().inBackground(async::dispatch);
              } else {
                assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.ASYNC);
                response.getWriter().print("pass " + session.getAttribute("a"));
              }
            });

    site().get("/page").is(200, "pass 3", storing(Map.of("a", 3)));
  }

  @Test
  default void setsOnTimeout() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              AsyncContext async = request.startAsync();
              async.setTimeout(100);
              async.addListener(
                  new OnAsync() {
                    @Override
                    public void timedOut() throws Exception {
                      request.getSession().setAttribute("b", 2);
                      response.getWriter().print("timed out");
                      async.complete();
                    }
                  });
            });

    site().get("/page").is(200, "timed out", BOTH);
  }

  @Test
  default void setsBeforeATimeoutThatNobodyHandles() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              AsyncContext async = request.startAsync();
              async.setTimeout(100);
            });

    site().get("/page").is(500, "error page", STORED);
  }

  @Test
  default void setsBeforeAnExceptionInADispatch() throws Exception {
    site()
        .on(
            "/target",
            (request, response) -> {
              request.getSession().setAttribute("b", 2);
              throw new IllegalStateException("on purpose");
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              request.startAsync().dispatch("/target");
            });

    site().get("/page").is(500, "error page", BOTH);
  }

  @Test
  default void setsWhenAListenerHearsOfAnException() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              request.getSession().setAttribute("a", 1);
              AsyncContext async = request.startAsync();
              async.addListener(
                  new OnAsync() {
                    @Override
                    public void failed() throws Exception {
                      request.getSession().setAttribute("b", 2);
                      response.getWriter().print("failed");
                      async.complete();
                    }
                  });
              throw new IllegalStateException("on purpose");
            });

    Answer answer = site().get("/page");

    if (site().container().asksListenersBeforeErrorPage()) {
      answer.is(200, "failed", BOTH);
      assertThat(site().events()).isEmpty();
    } else {
      answer.is(500, "error page", STORED);
      site()
          .eventually(
              () ->
                  assertThat(site().events())
                      .containsExactly(
                          new SessionEvent.ChangeLost(SessionCookies.NAME, "attribute b")));
    }
  }

  @Test
  default void sendsAnErrorFromAnotherThread() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        request.getSession().setAttribute("a", 1);
                        response.sendError(418);
                        async.complete();
                      });
            });

    site().get("/page").is(418, "error page", STORED);
  }

  @Test
  default void redirectsFromAnotherThread() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        request.getSession().setAttribute("a", 1);
                        response.sendRedirect("/elsewhere");
                        async.complete();
                      });
            });

    site().get("/page").is(302, "", STORED);
  }

  @Test
  default void neverAsksForTheSession() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async = request.startAsync();
              site()
                  .handlers()
                  .inBackground(
                      () -> {
                        response.getWriter().print("untouched");
                        async.complete();
                      });
            });

    Answer answer = site().get("/page", site().cookies().pair(Map.of("a", 1)));

    answer.is(200, "untouched");
    assertThat(answer.header("Vary")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("ReferenceEquality")
  default void givesTheSameAsyncContextEachTime(boolean given) throws Exception {
    AtomicReference<AsyncContext> first = new AtomicReference<>();
    List<String> heard = new CopyOnWriteArrayList<>();
    site()
        .on(
            "/target",
            (request, response) -> {
              assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.ASYNC);
              response.getWriter().print("dispatched");
            });
    site()
        .on(
            "/page",
            (request, response) -> {
              AsyncContext async =
                  given ? request.startAsync(request, response) : request.startAsync();
              assertThat(request.getAsyncContext()).isSameAs(async);
              assertThat(async.hasOriginalRequestAndResponse()).isTrue();
              assertThat(async.getRequest()).isSameAs(request);
              assertThat(async.getResponse()).isSameAs(response);
              async.addListener(
                  new OnAsync() {
                    @Override
                    public void onComplete(AsyncEvent event) {
                      boolean same =
                          event.getAsyncContext() == first.get()
                              && (event.getSuppliedRequest() == null
                                  || event.getSuppliedRequest() == request);
                      heard.add("same " + same);
                    }
                  });
              first.set(async);
              async.dispatch("/target");
            });

    site().get("/page").is(200, "dispatched");
    site().eventually(() -> assertThat(heard).containsExactly("same true"));
  }

  @Test
  default void knowsWrappersOfTheApplicationInAnAsyncContext() throws Exception {
    site()
        .on(
            "/page",
            (request, response) -> {
              HttpServletRequest wrapper = new HttpServletRequestWrapper(request);
              AsyncContext async = request.startAsync(wrapper, response);
              assertThat(request.getAsyncContext()).isSameAs(async);
              assertThat(async.hasOriginalRequestAndResponse()).isFalse();
              assertThat(async.getRequest()).isSameAs(wrapper);
              async.complete();
            });

    site().get("/page").is(200, "");
  }
}
