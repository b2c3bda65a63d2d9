package dev.madeleine.servlet;

import static dev.madeleine.servlet.TomcatServer.cookie;
import static dev.madeleine.servlet.TomcatServer.setCookies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that read a session without renewing it, where every other request renews it. */
class RenewalTest {
  private static final String VARIABLE = "madeleine.renewal.keys";

  private static void serve(TomcatServer server) {
    server.on("/put", (request, response) -> request.getSession().setAttribute("a", 1));
    for (String path : List.of("/read", "/api/status", "/api/status/x", "/api/statusx")) {
      server.on(
          path,
          (request, response) ->
              response.getWriter().print(request.getSession().getAttribute("a")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/status", "/other,/api/status/*"})
  void byPathInWebXml(String paths) throws Exception {
    System.setProperty(VARIABLE, key());
    Map<String, String> parameters =
        Map.of("keyVariable", VARIABLE, "rolling", "true", "noRenewalPaths", paths);
    try (TomcatServer server = new TomcatServer(new SessionFilter(), parameters)) {
      serve(server);
      String cookie = cookie(server.get("/put"));
      assertThat(setCookies(server.get("/read", cookie))).hasSize(1);
      assertThat(server.get("/api/status", cookie).body()).isEqualTo("1");
      assertThat(setCookies(server.get("/api/status", cookie))).isEmpty();
      assertThat(setCookies(server.get("/api/statusx", cookie))).hasSize(1);
      assertThat(setCookies(server.get("/api/status/x", cookie)))
          .hasSize(paths.endsWith("*") ? 0 : 1);
    } finally {
      System.clearProperty(VARIABLE);
    }
  }

  @Test
  void byACondition() throws Exception {
    SessionFilter filter =
        SessionFilter.builder(sessions())
            .withoutRenewal(request -> "poll".equals(request.getQueryString()))
            .withoutRenewal(request -> request.getHeader("X-Background") != null)
            .build();
    try (TomcatServer server = new TomcatServer(filter)) {
      serve(server);
      String cookie = cookie(server.get("/put"));
      assertThat(setCookies(server.get("/read", cookie))).hasSize(1);
      assertThat(setCookies(server.get("/read?poll", cookie))).isEmpty();
    }
  }

  @Test
  void byTheRequestItselfWhichAlsoTellsHowMuchTimeIsLeft() throws Exception {
    try (TomcatServer server = new TomcatServer(sessions())) {
      serve(server);
      server.on(
          "/left",
          (request, response) -> {
            var session = SessionFilter.session(request);
            session.exchange().skipRenewal();
            Duration left = Duration.between(Instant.now(), session.expiresAt());
            response.getWriter().print(left.toMinutes());
          });
      var left = server.get("/left", cookie(server.get("/put")));
      assertThat(left.body()).isEqualTo("30"); // And a touch interval.
      assertThat(setCookies(left)).isEmpty();
    }
  }

  private static String key() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return "base64:" + Base64.getEncoder().encodeToString(secret);
  }

  private static Sessions sessions() {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    return Sessions.builder(keys).policy(SessionPolicy.defaults().withRolling()).build();
  }
}
