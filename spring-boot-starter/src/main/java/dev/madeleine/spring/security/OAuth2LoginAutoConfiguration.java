package dev.madeleine.spring.security;

import dev.madeleine.Sessions;
import dev.madeleine.keys.ReloadingKeys;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * Replaces what OAuth 2.0 and OpenID Connect logins keep in the memory of one node: authorized
 * clients go into the session, and logins that a provider ends are revoked.
 */
@AutoConfiguration(
    afterName = "dev.madeleine.spring.MadeleineAutoConfiguration",
    beforeName = {
      "org.springframework.boot.autoconfigure.security.oauth2.client.servlet.OAuth2ClientAutoConfiguration",
      "org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientAutoConfiguration",
      "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(OAuth2AuthenticationToken.class)
@ConditionalOnBean(Sessions.class)
class OAuth2LoginAutoConfiguration {
  /** An application with a store of its own for authorized clients keeps that. */
  @Bean
  @ConditionalOnMissingBean({
    OAuth2AuthorizedClientRepository.class,
    OAuth2AuthorizedClientService.class
  })
  OAuth2AuthorizedClientRepository madeleineAuthorizedClients() {
    return new HttpSessionOAuth2AuthorizedClientRepository();
  }

  @Bean
  @ConditionalOnMissingBean(OidcSessionRegistry.class)
  OidcSessionRegistry madeleineOidcSessions(Sessions sessions) {
    return new RevokingOidcSessions(sessions.policy().revocation());
  }

  @Bean
  LogoutAtProvider madeleineLogoutAtProvider(SecurityProperties properties) {
    return new LogoutAtProvider(properties.keepIdToken());
  }

  @Bean
  @ConditionalOnBooleanProperty("madeleine.security.form-post")
  FormPostLogins madeleineFormPostLogins(
      Sessions sessions, ObjectProvider<ReloadingKeys> keys, Environment environment) {
    ReloadingKeys ring = keys.getIfUnique();
    if (ring == null) {
      throw new SettingException(
          "madeleine.security.form-post needs the keys of the sessions, and there is not exactly one"
              + " bean with them",
          "Declare one bean of type ReloadingKeys.");
    }
    return new FormPostLogins(
        ring, environment.getProperty("madeleine.audience", ""), sessions.policy()::now);
  }
}
