package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.shop.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.UserDetailsManager;

/** Users who are looked up at each request, on two nodes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadedUsersTest {
  private TwoNodes shop;

  @BeforeAll
  void start() {
    shop = TwoNodes.of(Shop.class, "--madeleine.security.reload-users=true");
  }

  @AfterAll
  void stop() {
    shop.close();
  }

  private static void change(TwoNodes shop, UserDetails user) {
    for (int i = 0; i < shop.size(); i++) {
      shop.node(i).getBean(UserDetailsManager.class).updateUser(user);
    }
  }

  private Browser loggedIn(String name, String password) throws Exception {
    return loggedIn(shop.browser(), name, password);
  }

  /** After three requests. */
  private static Browser loggedIn(Browser browser, String name, String password) throws Exception {
    String token = Browser.token(browser.get("/login"));
    browser.postWithoutToken(
        "/login", Map.of("username", name, "password", password, "_csrf", token));
    assertThat(browser.get("/me").body()).startsWith(name);
    return browser;
  }

  @Test
  void haveTheRolesOfToday() throws Exception {
    Browser browser = loggedIn("marcel", "cake");
    assertThat(browser.get("/close?name=x").statusCode()).isEqualTo(403);

    change(shop, User.withUsername("marcel").password("{noop}cake").roles("ADMIN").build());

    assertThat(browser.get("/me").body()).isEqualTo("marcel [ROLE_ADMIN]");
    assertThat(browser.get("/close?name=x").body()).isEqualTo("closed x");
  }

  @Test
  void areLoggedOutWhenTheyAreLocked() throws Exception {
    Browser browser = loggedIn("celeste", "tea");

    change(
        shop,
        User.withUsername("celeste")
            .password("{noop}tea")
            .roles("READER")
            .accountLocked(true)
            .build());

    assertThat(Browser.location(browser.get("/me"))).isEqualTo("/login");
  }

  @Test
  void areLookedUpAlsoIfTheyLoggedInBeforeThat() throws Exception {
    try (TwoNodes before = TwoNodes.of(Shop.class)) {
      before.start(Shop.class, "--madeleine.security.reload-users=true");
      int old = before.port(0);
      Browser browser =
          loggedIn(new Browser(List.of(old, old, old, before.port(2))), "marcel", "cake");

      change(before, User.withUsername("marcel").password("{noop}cake").roles("ADMIN").build());

      assertThat(browser.get("/me").body()).isEqualTo("marcel [ROLE_ADMIN]");
    }
  }
}
