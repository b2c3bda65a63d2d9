package dev.madeleine.spring.security;

import dev.madeleine.Sessions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.context.SecurityContextRepository;

/** Lets {@code maximumSessions(1)} of Spring Security hold on every node. */
@AutoConfiguration(afterName = "dev.madeleine.spring.MadeleineAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({
  SessionRegistry.class,
  SecurityContextRepository.class,
  ObjectPostProcessor.class
})
@ConditionalOnBean(Sessions.class)
class LoginLimitAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(SessionRegistry.class)
  SessionRegistry madeleineSessionRegistry(Sessions sessions) {
    return new RevokingSessions(sessions.policy().revocation());
  }

  @Bean
  SessionLimits madeleineSessionLimits(
      Sessions sessions,
      ObjectProvider<SessionRegistry> registries,
      ObjectProvider<LoginKeys> keys) {
    return new SessionLimits(
        sessions.policy().revocation(),
        registries.getIfUnique(() -> new RevokingSessions(sessions.policy().revocation())),
        keys.getIfAvailable(() -> LoginKeys.NONE));
  }
}
