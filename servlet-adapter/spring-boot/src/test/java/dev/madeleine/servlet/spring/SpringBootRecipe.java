package dev.madeleine.servlet.spring;

import dev.madeleine.KeyRing;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** The configuration of docs/servlet.md. */
@Configuration(proxyBeanMethods = false)
class SpringBootRecipe {
  @Bean
  FilterRegistrationBean<SessionFilter> sessionFilter(Environment environment) {
    KeyRing keys = KeyRing.parse(environment.getProperty("madeleine.keys"));
    Sessions sessions = Sessions.of(keys);
    SessionFilter filter =
        SessionFilter.builder(sessions)
            .attribute("SPRING_SECURITY_SAVED_REQUEST", Verdict.REQUEST_ONLY)
            .build();
    FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10); // before Spring Security
    registration.setAsyncSupported(true);
    registration.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    return registration;
  }
}
