package dev.madeleine.spring.security;

import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RememberMeConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Sets in every filter chain what Spring Security does not look for among the beans. Named in
 * {@code META-INF/spring.factories}.
 */
final class SessionHttpConfigurer
    extends AbstractHttpConfigurer<SessionHttpConfigurer, HttpSecurity> {
  /** For Spring Security. */
  SessionHttpConfigurer() {}

  /** Reaches the limit of sessions in time: it is made before {@link #init}. */
  @Override
  @SuppressWarnings("unchecked") // The configurer of this builder.
  public void setBuilder(HttpSecurity http) {
    super.setBuilder(http);
    SessionManagementConfigurer<HttpSecurity> sessions =
        http.getConfigurer(SessionManagementConfigurer.class);
    if (sessions != null) {
      http.getSharedObject(ApplicationContext.class)
          .getBeanProvider(SessionLimits.class)
          .ifAvailable(sessions::addObjectPostProcessor);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The configurer of this builder.
  public void init(HttpSecurity http) {
    ApplicationContext context = http.getSharedObject(ApplicationContext.class);
    if (context.getBeanProvider(SessionFilter.class).getIfAvailable() == null) {
      return;
    }
    SessionPolicy policy = context.getBean(Sessions.class).policy();
    context.getBeanProvider(FilterChainPart.class).forEach(part -> part.applyTo(http));
    RememberMeConfigurer<HttpSecurity> rememberMe = http.getConfigurer(RememberMeConfigurer.class);
    if (policy.rememberUpTo().isZero()) {
      return;
    }
    if (rememberMe != null) {
      rememberMe.rememberMeServices(new SessionRememberMe(policy.rememberUpTo()));
    }
    SecurityContextRepository contexts = http.getSharedObject(SecurityContextRepository.class);
    if (contexts != null) {
      http.setSharedObject(
          SecurityContextRepository.class, new RememberedContexts(contexts, policy));
    }
  }
}
