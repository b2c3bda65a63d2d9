package dev.madeleine.spring;

import static dev.madeleine.spring.test.MadeleineUser.madeleineUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import dev.madeleine.spring.shop.Shop;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.WebApplicationContext;

/** Users for tests come in a cookie that the application reads as its own. */
class MadeleineUserTest {
  private static TwoNodes nodes;
  private static MockMvc mvc;

  @BeforeAll
  static void start() {
    nodes = TwoNodes.of(Shop.class, "--madeleine.revocation.in-memory=100");
    mvc =
        MockMvcBuilders.webAppContextSetup((WebApplicationContext) nodes.node(0))
            .addFilters(
                nodes.node(0).getBean(SessionFilter.class),
                nodes.node(0).getBean("springSecurityFilterChain", Filter.class))
            .build();
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  @Test
  void theyAreLoggedInWithTheirRoles() throws Exception {
    mvc.perform(get("/me").with(madeleineUser("marcel")))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("marcel")));
    mvc.perform(get("/admin/x").with(madeleineUser("marcel"))).andExpect(status().isForbidden());
    mvc.perform(get("/admin/x").with(madeleineUser("marcel").roles("ADMIN")))
        .andExpect(status().is(not(403)));
    mvc.perform(get("/me")).andExpect(status().is(not(200)));
  }

  @Test
  void asyncRequestsEndInMockMvcAsOthersDo() throws Exception {
    MvcResult started = mvc.perform(get("/public/async").with(madeleineUser("marcel"))).andReturn();
    mvc.perform(asyncDispatch(started)).andExpect(status().isOk());
  }

  @Test
  void theyComeBesideOtherCookies() throws Exception {
    var request =
        mvc.perform(get("/me").cookie(new Cookie("theme", "dark")).with(madeleineUser("marcel")))
            .andExpect(status().isOk())
            .andReturn()
            .getRequest();
    assertThat(request.getCookies())
        .extracting(Cookie::getName)
        .containsExactly("theme", "__Host-session");
  }

  @Test
  void theirSessionsAreRevokedByTheirName() throws Exception {
    Sessions sessions = nodes.node(0).getBean(Sessions.class);
    MultiValueMap<String, String> before = cookies(sessions, "odile");
    sessions.policy().revocation().revokeSubject("odile");
    Cookie old = new Cookie("__Host-session", before.getFirst("__Host-session"));

    mvc.perform(get("/me").cookie(old)).andExpect(status().is(not(200)));
    mvc.perform(get("/me").with(madeleineUser("odile"))).andExpect(status().isOk());
  }

  private static MultiValueMap<String, String> cookies(Sessions sessions, String name) {
    MultiValueMap<String, String> cookies = new LinkedMultiValueMap<>();
    madeleineUser(name).in(sessions).accept(cookies);
    return cookies;
  }

  @Test
  void overHttpEveryNodeTakesTheirCookies() throws Exception {
    var cookies = cookies(nodes.node(0).getBean(Sessions.class), "marcel");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/me".formatted(nodes.port(1))))
            .header("Cookie", "__Host-session=" + cookies.getFirst("__Host-session"))
            .build();

    var answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("marcel");
  }

  @Test
  void aUserOfTheApplicationHasItsAuthorities() throws Exception {
    var celeste = nodes.node(0).getBean(UserDetailsService.class).loadUserByUsername("celeste");
    mvc.perform(get("/admin/x").with(madeleineUser(celeste)))
        .andExpect(status().is(not(403)));
  }

  @Test
  void sessionsInAHeaderAreRefused() {
    KeyRing ring = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    Sessions inHeader =
        Sessions.builder(
                SessionTransport.header("X-Session", NativeEncoder.signed(() -> ring, "session")))
            .build();
    assertThatThrownBy(() -> madeleineUser("marcel").in(inHeader))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("X-Session");
  }
}
