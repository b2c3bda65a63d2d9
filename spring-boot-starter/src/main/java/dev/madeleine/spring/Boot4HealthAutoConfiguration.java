package dev.madeleine.spring;

import dev.madeleine.keys.ReloadingKeys;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the keys, in Spring Boot 4. */
@AutoConfiguration(after = MadeleineAutoConfiguration.class)
@ConditionalOnClass(
    name =
        "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator")
@ConditionalOnBean(ReloadingKeys.class)
@ConditionalOnEnabledHealthIndicator("madeleineKeys")
class Boot4HealthAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "madeleineKeysHealthIndicator")
  HealthIndicator madeleineKeysHealthIndicator(ReloadingKeys keys) {
    return new AbstractHealthIndicator("the keys of the sessions could not be asked") {
      @Override
      protected void doHealthCheck(Health.Builder builder) {
        KeysHealth health = KeysHealth.of(keys);
        (health.isUp() ? builder.up() : builder.down()).withDetails(health.details());
      }
    };
  }
}
