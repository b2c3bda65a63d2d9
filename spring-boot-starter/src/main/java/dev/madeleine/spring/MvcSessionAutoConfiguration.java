package dev.madeleine.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.FlashMap;

/** Lets Spring MVC keep flash attributes and time zones in the session. */
@AutoConfiguration(before = MadeleineAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(FlashMap.class)
class MvcSessionAutoConfiguration {
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SessionsCustomizer madeleineMvcConverters() {
    return sessions -> sessions.converters(MvcConverters.flashMaps(), MvcConverters.timeZones());
  }
}
