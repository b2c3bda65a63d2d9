package dev.madeleine.spring;

import dev.madeleine.AttributeConverter;
import dev.madeleine.CookieOptions;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionEventLog;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.TextSettings;
import dev.madeleine.keys.ReloadingKeys;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
  /** A setting in a message about it. */
  private static final Pattern QUOTED =
      Pattern.compile("\"(%s)\"".formatted(String.join("|", TextSettings.NAMES)));

  @Bean
  @ConditionalOnMissingBean
  ReloadingKeys madeleineKeys(MadeleineProperties properties, Environment environment) {
    return ConfiguredKeys.start(properties, environment);
  }

  @Bean
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  ServerSessionProperties madeleineServletProperties(Environment environment) {
    return ServerSessionProperties.servlet(environment);
  }

  @Bean
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  ServerSessionProperties madeleineReactiveProperties(Environment environment) {
    return ServerSessionProperties.reactive(environment);
  }

  @Bean
  Sessions madeleineSessions(
      ReloadingKeys keys,
      MadeleineProperties properties,
      ServerSessionProperties server,
      ObjectProvider<Consumer<SessionEvent>> listener,
      ObjectProvider<SessionObserver> observers,
      ObjectProvider<AttributeConverter<?>> converters,
      ObjectProvider<SessionsCustomizer> customizers) {
    SessionsBuilder sessions = Sessions.builder(keys);
    Map<String, String> own = properties.asText();
    Map<String, String> servers = server.asText(own.keySet());
    try {
      TextSettings.of(name -> own.getOrDefault(name, servers.get(name)))
          .applyTo(sessions, CookieOptions.DEFAULT_NAME);
    } catch (IllegalArgumentException e) {
      throw new PropertyException(
          QUOTED
              .matcher(String.valueOf(e.getMessage()))
              .replaceAll(
                  found -> {
                    String name = found.group(1);
                    return Matcher.quoteReplacement(
                        servers.containsKey(name)
                            ? server.property(name)
                            : MadeleineProperties.property(name));
                  }),
          e);
    }
    listener(listener.getIfUnique(), observers.orderedStream().toList())
        .ifPresent(sessions::listener);
    converters.orderedStream().forEach(sessions::converters);
    customizers.orderedStream().forEach(customizer -> customizer.customize(sessions));
    return sessions.build();
  }

  /**
   * The observers, then the application's listener or the log; empty if there is neither an
   * observer nor a listener, as the log alone is the default.
   */
  private static Optional<Consumer<SessionEvent>> listener(
      @Nullable Consumer<SessionEvent> own, List<SessionObserver> observers) {
    if (observers.isEmpty()) {
      return Optional.ofNullable(own);
    }
    Consumer<SessionEvent> last =
        own != null
            ? own
            : new SessionEventLog(
                System.getLogger(Sessions.class.getName()), InstantSource.system());
    return Optional.of(
        event -> {
          observers.forEach(observer -> observer.observe(event));
          last.accept(event);
        });
  }
}
