package dev.madeleine.spring.security;

import dev.madeleine.Sessions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.server.WebSessionServerOAuth2AuthorizedClientRepository;

/**
 * Replaces what OAuth 2.0 and OpenID Connect logins of a WebFlux application keep in the memory of
 * one node: authorized clients go into the session, and logins that a provider ends are revoked.
 */
@AutoConfiguration(
    afterName = "dev.madeleine.spring.MadeleineAutoConfiguration",
    beforeName = {
      "org.springframework.boot.autoconfigure.security.oauth2.client.reactive.ReactiveOAuth2ClientAutoConfiguration",
      "org.springframework.boot.autoconfigure.security.oauth2.client.reactive.ReactiveOAuth2ClientWebSecurityAutoConfiguration",
      "org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration",
      "org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientWebSecurityAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(OAuth2AuthenticationToken.class)
@ConditionalOnBean(Sessions.class)
class ReactiveOAuth2LoginAutoConfiguration {
  /** An application with a store of its own for authorized clients keeps that. */
  @Bean
  @ConditionalOnMissingBean({
    ServerOAuth2AuthorizedClientRepository.class,
    ReactiveOAuth2AuthorizedClientService.class
  })
  ServerOAuth2AuthorizedClientRepository madeleineAuthorizedClients() {
    return new WebSessionServerOAuth2AuthorizedClientRepository();
  }

  @Bean
  @ConditionalOnMissingBean(ReactiveOidcSessionRegistry.class)
  ReactiveOidcSessionRegistry madeleineOidcSessions(Sessions sessions) {
    return new RevokingReactiveOidcSessions(sessions.policy().revocation());
  }
}
