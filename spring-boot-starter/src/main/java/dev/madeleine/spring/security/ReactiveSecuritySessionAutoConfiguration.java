package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import dev.madeleine.Sessions;
import dev.madeleine.spring.SessionsCustomizer;
import dev.madeleine.spring.reactive.WebSessionListener;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;

/** Lets Spring Security keep in a web session what it always keeps there. */
@AutoConfiguration(beforeName = "dev.madeleine.spring.MadeleineAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({SecurityContext.class, ServerSecurityContextRepository.class, Sessions.class})
@EnableConfigurationProperties(SecurityProperties.class)
class ReactiveSecuritySessionAutoConfiguration {
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SessionsCustomizer madeleineSecurityConverters(
      SecurityProperties properties, ObjectProvider<AttributeConverter<?>> converters) {
    return sessions -> {
      Set<Class<?>> carried =
          converters.stream().map(AttributeConverter::type).collect(Collectors.toSet());
      Principals principals = new Principals(NamedUser::new, carried, properties.reloadUsers());
      new SecurityConverters(principals).reactive().forEach(sessions::converters);
    };
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  WebSessionListener madeleineNamedUsers(
      SecurityProperties properties, ObjectProvider<ReactiveUserDetailsService> users) {
    return new NamedUsers(() -> required(users), properties.reloadUsers());
  }

  private static ReactiveUserDetailsService required(
      ObjectProvider<ReactiveUserDetailsService> users) {
    ReactiveUserDetailsService service = users.getIfUnique();
    if (service == null) {
      throw new IllegalStateException(
          "there is not exactly one ReactiveUserDetailsService to look up the user of the session;"
              + " declare a bean of it, or an AttributeConverter for the class of your"
              + " UserDetails");
    }
    return service;
  }

  @Bean
  WebSessionListener madeleineSubjects(ObjectProvider<LoginKeys> keys) {
    return new WebSubjects(keys.getIfAvailable(() -> LoginKeys.NONE));
  }
}
