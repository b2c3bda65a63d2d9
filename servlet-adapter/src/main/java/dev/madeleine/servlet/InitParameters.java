package dev.madeleine.servlet;

import static dev.madeleine.servlet.ParameterText.choose;
import static dev.madeleine.servlet.ParameterText.duration;
import static dev.madeleine.servlet.ParameterText.isTrue;
import static dev.madeleine.servlet.ParameterText.sameSite;
import static dev.madeleine.servlet.ParameterText.words;

import dev.madeleine.CookieOptions;
import dev.madeleine.InMemoryRevocation;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.keys.ReloadingKeys;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.EventListener;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The init-params of a filter in web.xml. What is unknown or contradicts fails by its name. */
final class InitParameters {
  private static final Set<String> KNOWN =
      Set.of(
          "keyFile",
          "keyVariable",
          "keyFileWorldReadable",
          "keyInterval",
          "audience",
          "cookieName",
          "cookiePath",
          "cookieDomain",
          "sameSite",
          "partitioned",
          "plainHttpDevelopment",
          "idle",
          "absolute",
          "remember",
          "allowRemember",
          "rolling",
          "revocationEntries",
          "carry",
          "requestOnly",
          "refuse",
          "listeners",
          "emptySessions",
          "lateChanges");
  private static final String TYPE = "type:";

  private final FilterConfig config;

  private InitParameters(FilterConfig config) {
    this.config = config;
  }

  /**
   * What a filter was told.
   *
   * @param settings all but the keys
   * @param keys to be closed with the filter
   */
  record Read(FilterSettings settings, ReloadingKeys keys) {}

  static Read read(FilterConfig config) throws ServletException {
    InitParameters parameters = new InitParameters(config);
    parameters.refuseUnknown();
    ReloadingKeys keys = KeyParameters.start(parameters);
    boolean good = false;
    try {
      Read read = new Read(parameters.settings(keys), keys);
      good = true;
      return read;
    } finally {
      if (!good) {
        keys.close();
      }
    }
  }

  private void refuseUnknown() throws ServletException {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!KNOWN.contains(name)) {
        throw wrong(name, "is unknown; known are " + KNOWN.stream().sorted().toList(), null);
      }
    }
  }

  private FilterSettings settings(ReloadingKeys keys) throws ServletException {
    SessionsBuilder sessions = Sessions.builder(keys);
    with("audience", sessions::audience);
    sessions.policy(policy());
    cookie(sessions);
    SessionFilterBuilder filter = SessionFilter.builder(sessions.build());
    rules(filter, "carry", Verdict.CARRY);
    rules(filter, "requestOnly", Verdict.REQUEST_ONLY);
    rules(filter, "refuse", Verdict.REFUSE);
    with("listeners", list -> words(list).forEach(name -> filter.listener(listener(name))));
    with("emptySessions", value -> choose(value, "keep", filter::keepEmptySessions, "drop"));
    with("lateChanges", value -> choose(value, "throw", filter::throwWhenLate, "report"));
    return filter.settings();
  }

  private SessionPolicy policy() throws ServletException {
    exclude("remember", "allowRemember");
    exclude("remember", "idle");
    SessionPolicy[] policy = {SessionPolicy.defaults()};
    with("idle", value -> policy[0] = policy[0].idle(duration(value)));
    with("absolute", value -> policy[0] = policy[0].absolute(duration(value)));
    with("remember", value -> policy[0] = policy[0].remember(duration(value)));
    with("allowRemember", value -> policy[0] = policy[0].allowRemember(duration(value)));
    with("rolling", value -> policy[0] = isTrue(value) ? policy[0].rolling() : policy[0]);
    with(
        "revocationEntries",
        value ->
            policy[0] =
                policy[0].revocation(
                    new InMemoryRevocation(
                        Integer.parseInt(value),
                        policy[0].absolute(),
                        java.time.InstantSource.system())));
    return policy[0];
  }

  private void cookie(SessionsBuilder sessions) throws ServletException {
    String context = config.getServletContext().getContextPath();
    boolean plain = "true".equals(text("plainHttpDevelopment"));
    with("plainHttpDevelopment", ParameterText::isTrue);
    String name = text("cookieName");
    String fallback = context.isEmpty() ? CookieOptions.DEFAULT_NAME : cookieName(context);
    if (plain) {
      sessions.forPlainHttpDevelopment();
      fallback = fallback.replace("__Host-", "");
    }
    String chosen = name == null ? fallback : name;
    CookieOptions[] options = new CookieOptions[1];
    try {
      options[0] = CookieOptions.named(chosen).secure(!plain);
    } catch (IllegalArgumentException e) {
      throw wrong("cookieName", String.valueOf(e.getMessage()), e);
    }
    with("cookiePath", value -> options[0] = options[0].path(value));
    with("cookieDomain", value -> options[0] = options[0].domain(value));
    with("sameSite", value -> options[0] = options[0].sameSite(sameSite(value)));
    with("partitioned", value -> options[0] = options[0].partitioned(isTrue(value)));
    sessions.cookie(options[0]);
  }

  /**
   * The default cookie of an application in a context, a different one for each: letters, digits,
   * dash, dot and underscore stay, other characters become {@code ~} and their code in hex.
   */
  static String cookieName(String contextPath) {
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

  private void rules(SessionFilterBuilder filter, String parameter, Verdict verdict)
      throws ServletException {
    with(
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

  void exclude(String one, String other) throws ServletException {
    if (text(one) != null && text(other) != null) {
      throw wrong(one, "contradicts init-param \"" + other + "\"; leave one out", null);
    }
  }

  void with(String name, Consumer<String> use) throws ServletException {
    String value = text(name);
    if (value != null) {
      try {
        use.accept(value);
      } catch (RuntimeException e) {
        throw wrong(name, "is \"" + value + "\": " + e.getMessage(), e);
      }
    }
  }

  @Nullable String text(String name) {
    String value = config.getInitParameter(name);
    return value == null ? null : value.strip();
  }

  ServletException wrong(String parameter, String what, @Nullable Throwable cause) {
    return new ServletException(
        "filter \"%s\": init-param \"%s\" %s".formatted(config.getFilterName(), parameter, what),
        cause);
  }
}
