package dev.madeleine.spring.security;

import dev.madeleine.spring.SessionsCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/** Lets OAuth 2.0 and OpenID Connect logins keep in the session what they always keep there. */
@AutoConfiguration(
    before = SecuritySessionAutoConfiguration.class,
    beforeName = "dev.madeleine.spring.MadeleineAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(OAuth2AuthenticationToken.class)
class OAuth2SessionAutoConfiguration {
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SessionsCustomizer madeleineOAuth2Converters(
      SecurityProperties properties, ObjectProvider<ClientRegistrationRepository> clients) {
    return sessions ->
        new OAuth2Converters(
                new OAuth2Users(properties.keepIdToken()), id -> registration(clients, id))
            .all()
            .forEach(sessions::converters);
  }

  private static ClientRegistration registration(
      ObjectProvider<ClientRegistrationRepository> clients, String id) {
    ClientRegistration registration = clients.getObject().findByRegistrationId(id);
    if (registration == null) {
      throw new IllegalArgumentException("there is no client registration \"" + id + "\" any more");
    }
    return registration;
  }

  @Bean
  LoginKeys madeleineOidcKeys() {
    return new OidcKeys();
  }
}
