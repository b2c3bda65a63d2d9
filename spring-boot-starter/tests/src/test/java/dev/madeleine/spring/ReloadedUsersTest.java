package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.shop.Shop;
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

  private void change(UserDetails user) {
    for (int i = 0; i < 2; i++) {
      shop.node(i).getBean(UserDetailsManager.class).updateUser(user);
    }
  }

  private Browser loggedIn(String name, String password) throws Exception {
    Browser browser = shop.browser();
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

    change(User.withUsername("marcel").password("{noop}cake").roles("ADMIN").build());

    assertThat(browser.get("/me").body()).isEqualTo("marcel [ROLE_ADMIN]");
    assertThat(browser.get("/close?name=x").body()).isEqualTo("closed x");
  }

  @Test
  void areLoggedOutWhenTheyAreLocked() throws Exception {
    Browser browser = loggedIn("celeste", "tea");

    change(
        User.withUsername("celeste")
            .password("{noop}tea")
            .roles("READER")
            .accountLocked(true)
            .build());

    assertThat(Browser.location(browser.get("/me"))).isEqualTo("/login");
  }
}
