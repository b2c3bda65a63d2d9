package dev.madeleine.servlet;

import static dev.madeleine.servlet.TomcatServer.cookie;
import static dev.madeleine.servlet.TomcatServer.setCookies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A login by the container, with a realm of Tomcat, gives the session a new id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerLoginTest {
  private final SessionPolicy policy = SessionPolicy.defaults().withRevocationInMemory(100);
  private Sessions sessions;
  private TomcatServer server;

  @BeforeAll
  void start() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    sessions = Sessions.builder(keys).policy(policy).listener(event -> {}).build();
    server = TomcatServer.withUser(sessions, "anna", "secret");
    server.on("/put", (request, response) -> request.getSession().setAttribute("a", 1));
    server.on(
        "/login",
        (request, response) -> {
          request.login("anna", request.getParameter("password"));
          response.getWriter().print(request.getUserPrincipal().getName());
        });
    server.on(
        "/authenticate",
        (request, response) -> {
          if (request.authenticate(response)) {
            String id = request.getSession().getId();
            assertThat(request.authenticate(response)).isTrue();
            assertThat(request.getSession().getId()).as("known already").isEqualTo(id);
          }
        });
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private Session open(String cookie) {
    return sessions.load(name -> List.of(cookie));
  }

  @Test
  void aLoginRenewsTheIdAndKeepsTheAttributes() throws Exception {
    String before = cookie(server.get("/put"));

    HttpResponse<String> response = server.get("/login?password=secret", before);

    assertThat(response.body()).isEqualTo("anna");
    Session after = open(cookie(response));
    assertThat(after.id()).isNotEqualTo(open(before).id());
    assertThat(after.get("a")).isEqualTo(1);
    assertThat(after.created()).isEqualTo(open(before).created());
  }

  @Test
  void aLoginThatFailsChangesNothing() throws Exception {
    server.on(
        "/fail",
        (request, response) ->
            assertThatThrownBy(() -> request.login("anna", "wrong"))
                .isInstanceOf(ServletException.class));

    assertThat(setCookies(server.get("/fail", cookie(server.get("/put"))))).isEmpty();
  }

  @Test
  void aLoginWithoutASessionBeginsNone() throws Exception {
    HttpResponse<String> response = server.get("/login?password=secret");

    assertThat(response.body()).isEqualTo("anna");
    assertThat(setCookies(response)).isEmpty();
  }

  @Test
  void anAuthenticationRenewsTheId() throws Exception {
    String before = cookie(server.get("/put"));

    HttpResponse<String> challenge = server.get("/authenticate", before);
    assertThat(challenge.statusCode()).isEqualTo(401);
    assertThat(setCookies(challenge)).isEmpty();

    HttpResponse<String> response = server.getAs("anna", "secret", "/authenticate", before);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(open(cookie(response)).id()).isNotEqualTo(open(before).id());
  }

  @Test
  void aLoginDoesNotReviveASessionThatWasEndedMeanwhile() throws Exception {
    server.on(
        "/slow",
        (request, response) -> {
          assertThat(request.getSession(false)).isNotNull();
          policy.revocation().revokeAll();
          request.login("anna", "secret");
        });

    HttpResponse<String> response = server.get("/slow", cookie(server.get("/put")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(setCookies(response)).noneMatch(line -> !line.startsWith("__Host-session=;"));
  }
}
