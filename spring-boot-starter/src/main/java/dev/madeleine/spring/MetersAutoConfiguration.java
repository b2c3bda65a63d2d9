package dev.madeleine.spring;

import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.micrometer.KeyMeters;
import dev.madeleine.micrometer.SessionMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Meters of sessions and keys, where there is a registry of Micrometer. */
@AutoConfiguration(
    after = MadeleineAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
class MetersAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(SessionMeters.class)
  SessionObserver madeleineSessionMeters(MeterRegistry registry) {
    return new SessionMeters(registry)::accept;
  }

  @Bean
  @ConditionalOnBean(ReloadingKeys.class)
  @ConditionalOnMissingBean
  KeyMeters madeleineKeyMeters(ReloadingKeys keys) {
    return new KeyMeters(keys);
  }
}
