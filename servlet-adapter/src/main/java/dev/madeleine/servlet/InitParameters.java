package dev.madeleine.servlet;

import dev.madeleine.CookieOptions;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.TextSettings;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The init-params of a filter in web.xml: those of {@link TextSettings}, of {@link KeyParameters},
 * and of the filter alone. What is unknown or contradicts fails by its name.
 */
final class InitParameters {
  private static final Set<String> OWN =
      Set.of(
          "carry",
          "requestOnly",
          "refuse",
          "listeners",
          "emptySessions",
          "lateChanges",
          "noRenewalPaths");
  private static final String TYPE = "type:";

  private final FilterConfig config;
  private final TextSettings settings;

  /** What the container was told, where no parameter says otherwise. */
  private final Map<String, String> defaults = new HashMap<>();

  private InitParameters(FilterConfig config) {
    this.config = config;
    settings = TextSettings.of(this::text);
  }

  private @Nullable String text(String name) {
    String parameter = config.getInitParameter(name);
    return parameter == null ? defaults.get(name) : parameter;
  }

  /**
   * What the parameters say.
   *
   * @param settings all but the keys
   * @param keys to be closed with the filter
   * @param differences what the container was told and does not hold here
   */
  record Read(FilterSettings settings, ReloadingKeys keys, List<String> differences) {}

  static Read read(FilterConfig config, ContainerSettings container) throws ServletException {
    try {
      return new InitParameters(config).read(container);
    } catch (IllegalArgumentException e) { // Its message begins with the name of a parameter.
      throw new ServletException(
          "filter \"%s\": init-param %s".formatted(config.getFilterName(), e.getMessage()), e);
    }
  }

  private Read read(ContainerSettings container) {
    refuseUnknown();
    ReloadingKeys keys = KeyParameters.start(settings);
    boolean good = false;
    try {
      List<String> differences = takeDefaults(keys, container);
      Read read = new Read(filterSettings(keys), keys, differences);
      good = true;
      return read;
    } finally {
      if (!good) {
        keys.close();
      }
    }
  }

  private void refuseUnknown() {
    Set<String> known = new TreeSet<>(OWN);
    known.addAll(TextSettings.NAMES);
    known.addAll(KeyParameters.NAMES);
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is unknown; known are %s".formatted(name, known));
      }
    }
  }

  /** Takes what the container was told for what is not set; returns what cannot be. */
  private List<String> takeDefaults(ReloadingKeys keys, ContainerSettings container) {
    apply(keys); // A parameter that is wrong is reported before.
    List<String> differences = new ArrayList<>(container.others());
    container
        .parameters()
        .forEach(
            (name, value) -> {
              if (isSaid(name)) {
                return;
              }
              defaults.put(name, value);
              try {
                apply(keys);
              } catch (IllegalArgumentException e) { // Its message begins with the name.
                defaults.remove(name);
                differences.add(e.getMessage());
              }
            });
    return differences;
  }

  /** Whether the parameters say this, by this name or another. */
  private boolean isSaid(String name) {
    return switch (name) {
      case "idle" -> isSet("idle") || isSet("remember");
      case "remember" -> isSet("remember") || isSet("allowRemember");
      default -> isSet(name);
    };
  }

  private boolean isSet(String name) {
    return config.getInitParameter(name) != null;
  }

  private SessionsBuilder apply(ReloadingKeys keys) {
    SessionsBuilder sessions = Sessions.builder(keys);
    settings.applyTo(sessions, cookieName(config.getServletContext().getContextPath()));
    return sessions;
  }

  private FilterSettings filterSettings(ReloadingKeys keys) {
    SessionFilterBuilder filter = SessionFilter.builder(apply(keys).build());
    rules(filter, "carry", Verdict.CARRY);
    rules(filter, "requestOnly", Verdict.REQUEST_ONLY);
    rules(filter, "refuse", Verdict.REFUSE);
    settings.use("listeners", list -> words(list).forEach(name -> filter.listener(listener(name))));
    choose("emptySessions", "keep", filter::keepEmptySessions, "drop");
    choose("lateChanges", "throw", filter::throwWhenLate, "report");
    settings.use(
        "noRenewalPaths",
        list -> words(list).forEach(path -> filter.withoutRenewal(pathMatching(path))));
    return filter.settings();
  }

  /**
   * The default cookie of an application, a different one for each context: letters, digits, dash,
   * dot and underscore of its path stay, other characters become {@code ~} and their code in hex.
   */
  static String cookieName(String contextPath) {
    if (contextPath.isEmpty()) {
      return CookieOptions.DEFAULT_NAME;
    }
    StringBuilder name = new StringBuilder(CookieOptions.DEFAULT_NAME).append('-');
    contextPath
        .substring(1)
        .chars()
        .forEach(
            c -> {
              if (c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0)) {
                name.append((char) c);
              } else {
                name.append('~').append(Integer.toHexString(c)).append('~');
              }
            });
    return name.toString();
  }

  private void rules(SessionFilterBuilder filter, String parameter, Verdict verdict) {
    settings.use(
        parameter,
        list ->
            words(list)
                .forEach(
                    word -> {
                      if (word.startsWith(TYPE)) {
                        filter.type(type(word.substring(TYPE.length())), verdict);
                      } else {
                        filter.attribute(word, verdict);
                      }
                    }));
  }

  /**
   * Requests for a path within the application, or for all that begin with what stands before *.
   */
  private static Predicate<HttpServletRequest> pathMatching(String pattern) {
    if (!pattern.startsWith("/") || (pattern.indexOf('*') >= 0 && !pattern.endsWith("/*"))) {
      throw new IllegalArgumentException(
          pattern + " is no path; write /api/status, or /api/status/* for all below, too");
    }
    if (!pattern.endsWith("/*")) {
      return request -> path(request).equals(pattern);
    }
    String folder = pattern.substring(0, pattern.length() - 1);
    return request -> (path(request) + "/").startsWith(folder);
  }

  private static String path(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  private void choose(String parameter, String on, Runnable action, String off) {
    settings.use(
        parameter,
        value -> {
          if (value.equals(on)) {
            action.run();
          } else if (!value.equals(off)) {
            throw new IllegalArgumentException("it must be " + on + " or " + off);
          }
        });
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
  }

  private EventListener listener(String name) {
    try {
      return type(name).asSubclass(EventListener.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          name + " is no listener with a public constructor without parameters", e);
    }
  }

  private Class<?> type(String name) {
    try {
      return Class.forName(name, true, config.getServletContext().getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + name, e);
    }
  }
}
