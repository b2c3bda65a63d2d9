package dev.madeleine.spring.desk;

import dev.madeleine.SessionPolicy;
import dev.madeleine.spring.SessionsCustomizer;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.WebAttributes;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.SessionAttribute;

/** An application whose users log in at a provider. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Desk.Pages.class)
public class Desk {
  /** What all nodes in this process know of ended sessions. */
  private static final SessionPolicy POLICY = SessionPolicy.defaults().withRevocationInMemory(100);

  @Bean
  SecurityFilterChain security(
      HttpSecurity http, ClientRegistrationRepository clients, Environment environment)
      throws Exception {
    http.authorizeHttpRequests(
            rules -> rules.requestMatchers("/public/**", "/error").permitAll().anyRequest().authenticated())
        .oauth2Login(Customizer.withDefaults())
        .oauth2Client(Customizer.withDefaults())
        .oidcLogout(logout -> logout.backChannel(Customizer.withDefaults()));
    if (environment.getProperty("desk.logout-at-provider", Boolean.class, false)) {
      OidcClientInitiatedLogoutSuccessHandler handler =
          new OidcClientInitiatedLogoutSuccessHandler(clients);
      handler.setPostLogoutRedirectUri("{baseUrl}/public/bye");
      http.logout(logout -> logout.logoutSuccessHandler(handler));
    }
    return http.build();
  }

  @Bean
  OAuth2AuthorizationRequestResolver pkce(ClientRegistrationRepository clients) {
    DefaultOAuth2AuthorizationRequestResolver resolver =
        new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return resolver;
  }

  @Bean
  SessionsCustomizer policy() {
    return sessions -> sessions.policy(POLICY);
  }

  @RestController
  static class Pages {
    @GetMapping("/public/token")
    String token(CsrfToken token) {
      return token.getToken();
    }

    @GetMapping("/public/bye")
    String bye() {
      return "bye";
    }

    @GetMapping("/public/why")
    String why(
        @SessionAttribute(WebAttributes.AUTHENTICATION_EXCEPTION)
            OAuth2AuthenticationException failure) {
      return failure.getError().getErrorCode() + ", " + failure.getError().getDescription();
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal OidcUser user, Authentication authentication) {
      return "%s by %s for %s until %s: %s"
          .formatted(
              user.getName(),
              user.getIssuer(),
              user.getIdToken().getAudience(),
              user.getIdToken().getExpiresAt(),
              authorities(authentication));
    }

    @GetMapping("/claims")
    Map<String, Object> claims(@AuthenticationPrincipal OidcUser user) {
      return user.getClaims();
    }

    @GetMapping("/visits")
    String visits(@AuthenticationPrincipal OidcUser user, HttpSession session) {
      int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
      session.setAttribute("visits", visits);
      return user.getName() + " " + visits;
    }

    @GetMapping("/profile")
    String profile(@AuthenticationPrincipal OAuth2User user, Authentication authentication) {
      return "%s %s: %s"
          .formatted(user.getName(), new TreeMap<>(user.getAttributes()), authorities(authentication));
    }

    @GetMapping("/tokens")
    String tokens(@RegisteredOAuth2AuthorizedClient("desk") OAuth2AuthorizedClient client) {
      return String.join(
          " ",
          client.getClientRegistration().getRegistrationId(),
          client.getAccessToken().getTokenValue(),
          client.getRefreshToken().getTokenValue());
    }

    private static String authorities(Authentication authentication) {
      return authentication.getAuthorities().stream()
          .map(authority -> authority.getClass().getSimpleName() + " " + authority.getAuthority())
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
