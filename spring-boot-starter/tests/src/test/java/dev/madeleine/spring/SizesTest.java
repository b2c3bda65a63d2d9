package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.club.Club;
import dev.madeleine.spring.desk.Desk;
import dev.madeleine.spring.shop.Shop;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** How large the cookie is on the way to a login and behind it, encrypted and uncompressed. */
class SizesTest {
  @Configuration(proxyBeanMethods = false)
  @Import(Shop.class)
  static class ShopWithManyRoles {
    @Bean
    UserDetailsService users() {
      String[] roles =
          Stream.of("ORDERS", "INVOICES", "CUSTOMERS", "PRODUCTS", "REPORTS")
              .flatMap(
                  thing ->
                      Stream.of("READ", "WRITE", "APPROVE", "DELETE").map(may -> thing + "_" + may))
              .toArray(String[]::new);
      return new InMemoryUserDetailsManager(
          User.withUsername("marcel.proust@example.org").password("{noop}cake").roles(roles).build());
    }
  }

  @Test
  void aLoginWithTwentyRolesFitsIn800Characters() throws Exception {
    try (TwoNodes shop =
        TwoNodes.of(ShopWithManyRoles.class, "--spring.main.allow-bean-definition-overriding=true")) {
      Browser browser = shop.browser();
      browser.get("/saved/page?q=x");
      assertThat(size(browser)).as("a saved request").isLessThan(620);
      HttpResponse<String> page = browser.get("/login");
      assertThat(size(browser)).as("and a CSRF token").isLessThan(800);
      browser.postWithoutToken(
          "/login",
          Map.of(
              "username",
              "marcel.proust@example.org",
              "password",
              "cake",
              "_csrf",
              Browser.token(page)));
      browser.get("/saved/page?q=x&continue");
      browser.get("/public/token");
      assertThat(browser.get("/me").body()).contains("ROLE_REPORTS_WRITE");
      assertThat(size(browser)).as("a login").isLessThanOrEqualTo(800);
    }
  }

  @Test
  void aLoginAtAProviderFitsInOneCookie() throws Exception {
    try (Provider provider = Provider.start();
        TwoNodes desk = TwoNodes.of(Desk.class, provider.properties())) {
      Browser browser = desk.browser();
      browser.get("/me?q=x");
      assertThat(size(browser)).as("a saved request").isLessThan(330);
      HttpResponse<String> request = browser.get("/oauth2/authorization/desk");
      assertThat(size(browser)).as("and an authorization request").isLessThan(1_450);
      HttpResponse<String> loggedIn = browser.follow(Provider.answer(provider.browser(), request));
      assertThat(size(browser)).as("a login with its tokens").isLessThan(3_150);
      browser.follow(loggedIn);
      assertThat(size(browser)).as("without the saved request").isLessThan(3_000);
    }
  }

  @Test
  void aRememberedLoginIsNoLargerThanAnother() throws Exception {
    Club.NOW.set(Instant.now());
    try (TwoNodes club = TwoNodes.of(Club.class)) {
      List<Integer> sizes = new ArrayList<>();
      for (String remember : List.of("off", "on")) {
        Browser browser = club.browser();
        String token = Browser.token(browser.get("/login"));
        browser.postWithoutToken(
            "/login",
            Map.of(
                "username", "marcel", "password", "cake", "_csrf", token, "remember-me", remember));
        browser.get("/public/token");
        assertThat(browser.get("/full").body()).isEqualTo("marcel");
        sizes.add(size(browser));
      }
      assertThat(sizes.get(1)).isEqualTo(sizes.get(0)).isLessThan(500);
    }
  }

  private static int size(Browser browser) {
    return browser.cookies().get("__Host-session").length();
  }
}
