package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Sessions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** Requests that go on after a forward, where the dispatcher is the servlet context's. */
class AsyncForwardTest {
  @Test
  void keepsTheQueryOfTheForwardForTheDispatch() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    try (TomcatServer server = new TomcatServer(Sessions.of(keys))) {
      server.on(
          "/page",
          (request, response) ->
              request
                  .getServletContext()
                  .getRequestDispatcher("/target?name=forwarded")
                  .forward(request, response));
      server.on(
          "/target",
          (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
              response.getWriter().print(request.getParameter("name"));
              response.getWriter().print(request.getSession().getAttribute("a"));
              return;
            }
            request.getSession().setAttribute("a", 1);
            AsyncContext async = request.startAsync(request, response);
            assertThat(async.hasOriginalRequestAndResponse()).isFalse();
            assertThat(((HttpServletRequest) async.getRequest()).getSession())
                .isSameAs(request.getSession());
            async.dispatch();
          });

      var answer = server.get("/page?name=received");
      assertThat(answer.body()).isEqualTo("forwarded1");
      assertThat(TomcatServer.setCookies(answer)).hasSize(1);
    }
  }

  @Test
  void isOriginalWithoutAForward() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    try (TomcatServer server = new TomcatServer(Sessions.of(keys))) {
      server.on(
          "/page",
          (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            response.getWriter().print(async.hasOriginalRequestAndResponse());
            async.complete();
          });

      assertThat(server.get("/page").body()).isEqualTo("true");
    }
  }
}
