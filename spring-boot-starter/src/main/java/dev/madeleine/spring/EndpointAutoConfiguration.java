package dev.madeleine.spring;

import dev.madeleine.Sessions;
import dev.madeleine.keys.ReloadingKeys;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint, and what it counts, where it is exposed. */
@AutoConfiguration(after = MadeleineAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Sessions.class)
@ConditionalOnAvailableEndpoint(MadeleineEndpoint.class)
class EndpointAutoConfiguration {
  @Bean
  RejectionCounts madeleineRejectionCounts() {
    return new RejectionCounts();
  }

  @Bean
  MadeleineEndpoint madeleineEndpoint(
      Sessions sessions, ObjectProvider<ReloadingKeys> keys, RejectionCounts rejections) {
    return new MadeleineEndpoint(sessions, keys.getIfUnique(), rejections);
  }
}
