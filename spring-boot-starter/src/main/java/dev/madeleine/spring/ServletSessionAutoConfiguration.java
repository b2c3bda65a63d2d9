package dev.madeleine.spring;

import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import dev.madeleine.servlet.SessionFilterBuilder;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Collections;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

/** The servlet filter that gives the application its sessions. */
@AutoConfiguration(after = MadeleineAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Sessions.class)
class ServletSessionAutoConfiguration {
  /**
   * Behind the filter for forwarded headers, which is the very first one, and in front of those
   * that look at sessions: of request contexts (-105) and of Spring Security (-100).
   */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

  private static final String DESTRUCTION_CALLBACKS =
      ServletRequestAttributes.DESTRUCTION_CALLBACK_NAME_PREFIX;

  private static final List<Class<? extends EventListener>> LISTENERS =
      List.of(
          HttpSessionListener.class,
          HttpSessionAttributeListener.class,
          HttpSessionIdListener.class);

  @Bean
  @ConditionalOnMissingBean(SessionFilter.class)
  SessionFilter madeleineFilter(
      Sessions sessions,
      ListableBeanFactory beans,
      ObjectProvider<SessionFilterCustomizer> customizers) {
    SpringSessionPresentException.throwIfPresent(beans);
    SessionFilterBuilder filter = SessionFilter.builder(sessions);
    listeners(beans).forEach(filter::listener);
    // A callback of a scoped bean, which lives in its request like the bean's own object.
    filter.attribute(DESTRUCTION_CALLBACKS + "*", Verdict.REQUEST_ONLY);
    filter.attribute(WebUtils.SESSION_MUTEX_ATTRIBUTE, Verdict.REQUEST_ONLY);
    customizers.orderedStream().forEach(customizer -> customizer.customize(filter));
    return filter.build();
  }

  @Bean
  @ConditionalOnMissingBean(name = "madeleineFilterRegistration")
  FilterRegistrationBean<SessionFilter> madeleineFilterRegistration(SessionFilter filter) {
    FilterRegistrationBean<SessionFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(ORDER);
    registration.setAsyncSupported(true);
    registration.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    return registration;
  }

  /** The session listeners among the beans, which the container would tell of its own sessions. */
  private static Set<EventListener> listeners(ListableBeanFactory beans) {
    Set<EventListener> listeners = Collections.newSetFromMap(new IdentityHashMap<>());
    LISTENERS.forEach(type -> beans.getBeanProvider(type).orderedStream().forEach(listeners::add));
    ObjectProvider<ServletListenerRegistrationBean<?>> registrations =
        beans.getBeanProvider(ResolvableType.forClass(ServletListenerRegistrationBean.class));
    registrations
        .orderedStream()
        .map(ServletListenerRegistrationBean::getListener)
        .filter(listener -> LISTENERS.stream().anyMatch(type -> type.isInstance(listener)))
        .forEach(listeners::add);
    return listeners;
  }
}
