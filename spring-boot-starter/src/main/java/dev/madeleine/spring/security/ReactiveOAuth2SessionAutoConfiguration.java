package dev.madeleine.spring.security;

import dev.madeleine.spring.SessionsCustomizer;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;

/** Lets OAuth 2.0 and OpenID Connect logins keep in the web session what they always keep there. */
@AutoConfiguration(
    before = ReactiveSecuritySessionAutoConfiguration.class,
    beforeName = "dev.madeleine.spring.MadeleineAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(OAuth2AuthenticationToken.class)
class ReactiveOAuth2SessionAutoConfiguration {
  private static final System.Logger LOG =
      System.getLogger(ReactiveOAuth2SessionAutoConfiguration.class.getName());

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SessionsCustomizer madeleineOAuth2Converters(
      SecurityProperties properties, ObjectProvider<ReactiveClientRegistrationRepository> clients) {
    if (properties.formPost()) {
      throw new SettingException(
          "madeleine.security.form-post cannot be kept in a WebFlux application, where Spring"
              + " Security takes a provider's answer from the URI only",
          "Remove it, and response_mode=form_post from the provider's authorization-uri.");
    }
    return sessions ->
        new OAuth2Converters(
                new OAuth2Users(properties.keepIdToken()), id -> registration(clients, id))
            .all()
            .forEach(sessions::converters);
  }

  /** The registration, of a repository that has it at hand: the session is read without waiting. */
  private static ClientRegistration registration(
      ObjectProvider<ReactiveClientRegistrationRepository> clients, String id) {
    CompletableFuture<ClientRegistration> found =
        clients.getObject().findByRegistrationId(id).toFuture();
    if (!found.isDone()) {
      found.cancel(true);
      LOG.log(
          System.Logger.Level.WARNING,
          "authorized clients cannot be in the session, as the ReactiveClientRegistrationRepository"
              + " does not answer at once; declare a bean of type"
              + " ReactiveOAuth2AuthorizedClientService, which keeps them elsewhere");
      throw new IllegalStateException("the client registration is not at hand");
    }
    ClientRegistration registration = found.join();
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
