package dev.madeleine.servlet;

import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.TextSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the application told the container about its sessions: {@code <session-timeout>}, {@code
 * <cookie-config>}, tracking modes, or the same in code. What is as containers have it by
 * themselves is nobody's wish: 30 minutes, a timeout of never, the name JSESSIONID, the path of the
 * context.
 */
final class ContainerSettings {
  private static final int USUAL_MINUTES = 30;
  private static final String USUAL_NAME = "JSESSIONID";

  /**
   * Attributes that have a setting of their own, or cannot be told from the container's default.
   */
  private static final Set<String> NO_WISH =
      Set.of("domain", "path", "max-age", "secure", "httponly", "comment", "version", "name");

  /** From the name of an init-param to the value that means the same. */
  private final Map<String, String> parameters = new LinkedHashMap<>();

  /** What no init-param means. */
  private final List<String> others = new ArrayList<>();

  private ContainerSettings() {}

  static ContainerSettings of(ServletContext context) {
    ContainerSettings settings = new ContainerSettings();
    int minutes = context.getSessionTimeout();
    Duration timeout = Duration.ofMinutes(minutes);
    boolean wished = minutes > 0 && minutes != USUAL_MINUTES;
    SessionCookieConfig cookie = context.getSessionCookieConfig();
    int maxAge = cookie == null ? -1 : cookie.getMaxAge();
    if (maxAge > 0) {
      // A container ends such a session by its timeout, however long the cookie lives.
      Duration idle = wished ? timeout : SessionPolicy.defaults().idle();
      long seconds = Math.min(maxAge, idle.toSeconds());
      settings.wish("remember", shortest(Duration.ofSeconds(seconds)));
    } else if (wished) {
      if (timeout.compareTo(SessionPolicy.defaults().absolute()) > 0) {
        settings.wish("absolute", shortest(timeout)); // A session in use has no end there.
      }
      settings.wish("idle", shortest(timeout));
    }
    if (cookie != null) {
      settings.cookie(cookie, context.getContextPath());
    }
    Set<SessionTrackingMode> modes = context.getEffectiveSessionTrackingModes();
    if (modes != null && !modes.contains(SessionTrackingMode.COOKIE)) {
      settings.others.add("tracking modes " + modes + " (the session travels in a cookie)");
    }
    return settings;
  }

  private static String shortest(Duration time) {
    return Math.min(time.toSeconds(), SessionPolicy.LONGEST.toSeconds()) + "s";
  }

  private void cookie(SessionCookieConfig cookie, String contextPath) {
    if (!USUAL_NAME.equals(cookie.getName())) {
      wish("cookieName", cookie.getName());
    }
    String path = cookie.getPath();
    if (path != null && !path.replaceAll("/$", "").equals(contextPath)) {
      wish("cookiePath", path);
    }
    wish("cookieDomain", cookie.getDomain());
    cookie
        .getAttributes()
        .forEach(
            (name, value) -> {
              switch (name.toLowerCase(Locale.ROOT)) {
                case "samesite" -> wish("sameSite", value);
                case "partitioned" ->
                    wish("partitioned", Boolean.toString(!value.equalsIgnoreCase("false")));
                default -> {
                  if (!NO_WISH.contains(name.toLowerCase(Locale.ROOT))) {
                    others.add("cookie attribute " + name + " (it is not sent)");
                  }
                }
              }
            });
  }

  private void wish(String parameter, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      parameters.put(parameter, value.strip());
    }
  }

  /** From the name of an init-param to the value that means the same, where there is a wish. */
  Map<String, String> parameters() {
    return parameters;
  }

  /** What no init-param means. */
  List<String> others() {
    return others;
  }

  /** What differs from sessions that were set up in code. */
  List<String> differences(Sessions sessions) {
    List<String> differences = new ArrayList<>();
    parameters.forEach(
        (parameter, value) -> {
          if (!isIn(sessions, parameter, value)) {
            differences.add(parameter + "=" + value);
          }
        });
    differences.addAll(others);
    return differences;
  }

  private static boolean isIn(Sessions sessions, String parameter, String value) {
    SessionTransport transport = sessions.transport();
    if (parameter.equals("idle")) {
      return sessions.policy().idle().equals(TextSettings.duration(value));
    }
    if (transport.options() == null || parameter.equals("remember")) {
      return transport.options() == null; // Which has no cookie to set up.
    }
    SessionsBuilder wished = Sessions.builder(transport);
    try {
      TextSettings.of(name -> name.equals(parameter) ? value : null)
          .applyTo(wished, transport.name());
    } catch (IllegalArgumentException e) {
      return false; // This cookie cannot be as it was wished.
    }
    return String.valueOf(wished.build().transport().options())
        .equals(String.valueOf(transport.options()));
  }

  /** Reports what the container was told and the session filter does otherwise. */
  static void report(Sessions sessions, List<String> differences) {
    if (!differences.isEmpty()) {
      sessions
          .exchange(name -> List.of())
          .report(
              new SessionEvent.SetupQuestionable(
                  sessions.transport().name(),
                  "settings of the container that do not hold for the sessions of the filter: "
                      + String.join(", ", differences)
                      + "; set the same in the filter, or leave them out there"));
    }
  }
}
