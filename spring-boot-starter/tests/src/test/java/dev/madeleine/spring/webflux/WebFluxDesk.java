package dev.madeleine.spring.webflux;

import dev.madeleine.SessionPolicy;
import dev.madeleine.spring.SessionsCustomizer;
import dev.madeleine.spring.reactive.CookieWebSession;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.web.server.logout.OidcClientInitiatedServerLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** A WebFlux application whose users log in at a provider. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebFluxSecurity
@Import(WebFluxDesk.Pages.class)
public class WebFluxDesk {
  /** What all nodes in this process know of ended sessions. */
  private static final SessionPolicy POLICY = SessionPolicy.defaults().withRevocationInMemory(100);

  @Bean
  SecurityWebFilterChain security(
      ServerHttpSecurity http,
      ReactiveClientRegistrationRepository clients,
      Environment environment) {
    http.authorizeExchange(
            rules -> rules.pathMatchers("/public/**").permitAll().anyExchange().authenticated())
        .oauth2Login(Customizer.withDefaults())
        .oauth2Client(Customizer.withDefaults())
        .oidcLogout(logout -> logout.backChannel(Customizer.withDefaults()));
    if (environment.getProperty("desk.logout-at-provider", Boolean.class, false)) {
      OidcClientInitiatedServerLogoutSuccessHandler handler =
          new OidcClientInitiatedServerLogoutSuccessHandler(clients);
      handler.setPostLogoutRedirectUri("{baseUrl}/public/bye");
      http.logout(logout -> logout.logoutSuccessHandler(handler));
    }
    return http.build();
  }

  @Bean
  ServerOAuth2AuthorizationRequestResolver pkce(ReactiveClientRegistrationRepository clients) {
    DefaultServerOAuth2AuthorizationRequestResolver resolver =
        new DefaultServerOAuth2AuthorizationRequestResolver(clients);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    return resolver;
  }

  /** Threads of this node's own, so that the end of one does not end the others. */
  @Bean
  ReactorResourceFactory threads() {
    ReactorResourceFactory factory = new ReactorResourceFactory();
    factory.setUseGlobalResources(false);
    return factory;
  }

  @Bean
  SessionsCustomizer policy(Environment environment) {
    boolean revokes = environment.getProperty("desk.revokes", Boolean.class, true);
    return sessions -> sessions.policy(revokes ? POLICY : SessionPolicy.defaults());
  }

  /** The pages. */
  @RestController
  static class Pages {
    @GetMapping("/public/token")
    Mono<String> token(ServerWebExchange web) {
      Mono<CsrfToken> token = web.getRequiredAttribute(CsrfToken.class.getName());
      return token.map(CsrfToken::getToken);
    }

    @GetMapping("/public/bye")
    Mono<String> bye() {
      return Mono.just("bye");
    }

    @GetMapping("/me")
    Mono<String> me(@AuthenticationPrincipal OidcUser user, Authentication authentication) {
      return Mono.just(
          "%s by %s for %s: %s"
              .formatted(
                  user.getName(),
                  user.getIssuer(),
                  user.getIdToken().getAudience(),
                  authorities(authentication)));
    }

    @GetMapping("/claims")
    Mono<Map<String, Object>> claims(@AuthenticationPrincipal OidcUser user) {
      return Mono.just(user.getClaims());
    }

    @GetMapping("/visits")
    Mono<String> visits(@AuthenticationPrincipal OidcUser user, WebSession session) {
      int visits = session.getAttributeOrDefault("visits", 0) + 1;
      session.getAttributes().put("visits", visits);
      return Mono.just(user.getName() + " " + visits);
    }

    @GetMapping("/profile")
    Mono<String> profile(@AuthenticationPrincipal OAuth2User user, Authentication authentication) {
      return Mono.just(
          "%s %s: %s"
              .formatted(
                  user.getName(),
                  new TreeMap<>(user.getAttributes()),
                  authorities(authentication)));
    }

    @GetMapping("/tokens")
    Mono<String> tokens(@RegisteredOAuth2AuthorizedClient("desk") OAuth2AuthorizedClient client) {
      return Mono.just(
          String.join(
              " ",
              client.getClientRegistration().getRegistrationId(),
              client.getAccessToken().getTokenValue(),
              client.getRefreshToken().getTokenValue()));
    }

    @GetMapping("/public/end")
    Mono<String> end(ServerWebExchange web) {
      return CookieWebSession.of(web)
          .map(
              session -> {
                session.session().invalidate();
                return "ended";
              });
    }

    private static String authorities(Authentication authentication) {
      return authentication.getAuthorities().stream()
          .map(authority -> authority.getClass().getSimpleName() + " " + authority.getAuthority())
          .filter(text -> !text.startsWith("Factor")) // Of one generation.
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
