package dev.madeleine.spring;

import dev.madeleine.AttributeConverter;
import dev.madeleine.CookieOptions;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.TextSettings;
import dev.madeleine.keys.ReloadingKeys;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The keys and the sessions of a web application, by the properties {@code madeleine.*}. A bean of
 * type {@link Sessions} replaces all of it, one of type {@link ReloadingKeys} the keys.
 */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnMissingBean(Sessions.class)
@EnableConfigurationProperties(MadeleineProperties.class)
class MadeleineAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  ReloadingKeys madeleineKeys(MadeleineProperties properties, Environment environment) {
    return ConfiguredKeys.start(properties, environment);
  }

  @Bean
  Sessions madeleineSessions(
      ReloadingKeys keys,
      MadeleineProperties properties,
      Environment environment,
      ObjectProvider<Consumer<SessionEvent>> listener,
      ObjectProvider<AttributeConverter<?>> converters,
      ObjectProvider<SessionsCustomizer> customizers) {
    SessionsBuilder sessions = Sessions.builder(keys);
    Map<String, String> own = properties.asText();
    Map<String, String> servers = ServerSessionProperties.of(environment).asText(own.keySet());
    TextSettings.of(name -> own.getOrDefault(name, servers.get(name)))
        .applyTo(sessions, CookieOptions.DEFAULT_NAME);
    listener.ifUnique(sessions::listener);
    converters.orderedStream().forEach(sessions::converters);
    customizers.orderedStream().forEach(customizer -> customizer.customize(sessions));
    return sessions.build();
  }
}
