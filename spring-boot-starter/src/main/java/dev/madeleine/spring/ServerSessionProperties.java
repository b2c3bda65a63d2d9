package dev.madeleine.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the application says about sessions in properties of the server: {@code
 * server.servlet.session.*}, or {@code server.reactive.session.*} in a WebFlux application. What
 * has a counterpart here is a default, what has none a warning.
 */
final class ServerSessionProperties {
  private static final System.Logger LOG =
      System.getLogger(ServerSessionProperties.class.getName());

  /** Properties of the cookie with a counterpart, and the names of our settings. */
  private static final Map<String, String> COOKIE =
      Map.of(
          "name", "cookieName",
          "path", "cookiePath",
          "domain", "cookieDomain",
          "same-site", "sameSite",
          "partitioned", "partitioned");

  private static final String SERVLET = "server.servlet.session.";
  private static final String REACTIVE = "server.reactive.session.";

  private final Binder binder;
  private final String prefix;
  private final String otherPrefix;

  private ServerSessionProperties(Environment environment, String prefix, String otherPrefix) {
    binder = Binder.get(environment);
    this.prefix = prefix;
    this.otherPrefix = otherPrefix;
  }

  /** Those of a servlet application. */
  static ServerSessionProperties servlet(Environment environment) {
    return new ServerSessionProperties(environment, SERVLET, REACTIVE);
  }

  /** Those of a WebFlux application. */
  static ServerSessionProperties reactive(Environment environment) {
    return new ServerSessionProperties(environment, REACTIVE, SERVLET);
  }

  /**
   * The settings that are not set here already, as text.
   *
   * @param own the names of the settings that hold before these
   */
  Map<String, String> asText(Set<String> own) {
    Map<String, String> text = new LinkedHashMap<>();
    binder
        .bind(prefix + "timeout", Duration.class)
        .ifBound(timeout -> text.put("idle", timeout.toString()));
    COOKIE.forEach(
        (theirs, ours) ->
            binder
                .bind(prefix + "cookie." + theirs, String.class)
                .ifBound(value -> text.put(ours, value)));
    binder
        .bind(prefix + "cookie.max-age", Duration.class)
        .ifBound(age -> text.put("remember", age.toString()));
    warn(text, own);
    text.keySet().removeAll(own);
    return text;
  }

  /** The name of the property that a setting of {@link #asText} comes from. */
  String property(String setting) {
    return switch (setting) {
      case "idle" -> prefix + "timeout";
      case "remember" -> prefix + "cookie.max-age";
      default ->
          COOKIE.entrySet().stream()
              .filter(cookie -> cookie.getValue().equals(setting))
              .map(cookie -> prefix + "cookie." + cookie.getKey())
              .findFirst()
              .orElse(setting);
    };
  }

  private boolean isOtherBound() {
    String name = otherPrefix.substring(0, otherPrefix.length() - 1);
    return binder.bind(name, Bindable.mapOf(String.class, Object.class)).isBound();
  }

  private void warn(Map<String, String> text, Set<String> own) {
    List<String> without = new ArrayList<>();
    for (String name :
        List.of("persistent", "store-dir", "tracking-modes", "max-sessions", "cookie.comment")) {
      binder.bind(prefix + name, String.class).ifBound(value -> without.add(prefix + name));
    }
    binder
        .bind(prefix + "cookie.http-only", Boolean.class)
        .ifBound(
            httpOnly -> {
              if (!httpOnly) {
                without.add(prefix + "cookie.http-only=false");
              }
            });
    binder
        .bind(prefix + "cookie.secure", Boolean.class)
        .ifBound(
            secure -> {
              if (!secure && !own.contains("plainHttpDevelopment")) {
                without.add(
                    prefix
                        + "cookie.secure=false (madeleine.plain-http-development=true does that)");
              }
            });
    if (isOtherBound()) {
      without.add(otherPrefix + "* (here it is " + prefix + "*)");
    }
    if (!without.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "without effect on sessions in a cookie: {0}",
          String.join(", ", without));
    }
    text.keySet().stream()
        .filter(own::contains)
        .forEach(
            name ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} holds, so {1} is without effect",
                    MadeleineProperties.property(name),
                    property(name)));
  }
}
