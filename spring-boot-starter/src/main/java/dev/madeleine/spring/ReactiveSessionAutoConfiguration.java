package dev.madeleine.spring;

import dev.madeleine.Sessions;
import dev.madeleine.spring.reactive.CookieWebSessionManager;
import dev.madeleine.spring.reactive.WebSessionListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.server.session.WebSessionManager;

/** The manager that gives a WebFlux application its sessions. */
@AutoConfiguration(
    after = MadeleineAutoConfiguration.class,
    beforeName = {
      "org.springframework.boot.autoconfigure.web.reactive.WebFluxAutoConfiguration",
      "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration"
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebSessionManager.class)
@ConditionalOnBean(Sessions.class)
class ReactiveSessionAutoConfiguration {
  @Bean(WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
  @ConditionalOnMissingBean(name = WebHttpHandlerBuilder.WEB_SESSION_MANAGER_BEAN_NAME)
  CookieWebSessionManager webSessionManager(
      Sessions sessions, ObjectProvider<WebSessionListener> listeners) {
    return new CookieWebSessionManager(sessions, listeners.orderedStream().toList());
  }

  /** Looks for Spring Session, whose own manager would silently take the place of ours. */
  @Bean
  SmartInitializingSingleton madeleineSpringSessionCheck(ListableBeanFactory beans) {
    return () -> SpringSessionPresentException.throwIfPresent(beans);
  }
}
