package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import dev.madeleine.Sessions;
import dev.madeleine.spring.SessionFilterCustomizer;
import dev.madeleine.spring.SessionsCustomizer;
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
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.context.SecurityContextRepository;

/** Lets Spring Security keep in the session what it always keeps there. */
@AutoConfiguration(beforeName = "dev.madeleine.spring.MadeleineAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityContext.class, SecurityContextRepository.class, Sessions.class})
@EnableConfigurationProperties(SecurityProperties.class)
class SecuritySessionAutoConfiguration {
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SessionsCustomizer madeleineSecurityConverters(
      SecurityProperties properties,
      ObjectProvider<UserDetailsService> users,
      ObjectProvider<AttributeConverter<?>> converters) {
    return sessions -> {
      Set<Class<?>> carried =
          converters.stream().map(AttributeConverter::type).collect(Collectors.toSet());
      Principals principals =
          new Principals(
              name -> required(users).loadUserByUsername(name), carried, properties.reloadUsers());
      new SecurityConverters(principals).servlet().forEach(sessions::converters);
    };
  }

  private static UserDetailsService required(ObjectProvider<UserDetailsService> users) {
    UserDetailsService service = users.getIfUnique();
    if (service == null) {
      throw new IllegalStateException(
          "there is not exactly one UserDetailsService to look up the user of the session; declare"
              + " a bean of it, or an AttributeConverter for the class of your UserDetails");
    }
    return service;
  }

  @Bean
  SessionFilterCustomizer madeleineSubjects(ObjectProvider<LoginKeys> keys) {
    return filter ->
        filter.listener(new SubjectListener(keys.getIfAvailable(() -> LoginKeys.NONE)));
  }
}
