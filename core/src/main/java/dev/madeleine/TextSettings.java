package dev.madeleine;

import dev.madeleine.CookieOptions.SameSite;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings as text, by name: the init-params of a filter, the properties of a framework, the
 * options of a command line. The names and the forms of the values are the same everywhere; what an
 * adapter has of its own, it reads by {@link #use}.
 *
 * <p>A setting that is wrong throws an IllegalArgumentException that begins with its name in
 * quotes.
 */
public final class TextSettings {
  /** The names of the settings that {@link #applyTo} knows. */
  public static final List<String> NAMES =
      List.of(
          "audience",
          "cookieName",
          "cookiePath",
          "cookieDomain",
          "sameSite",
          "httpOnly",
          "partitioned",
          "plainHttpDevelopment",
          "formerCookies",
          "reading",
          "encrypted",
          "padded",
          "compressed",
          "chunked",
          "responseLimit",
          "idle",
          "absolute",
          "remember",
          "allowRemember",
          "rolling",
          "noRenewalHeader",
          "skew",
          "revocationEntries");

  private static final List<String> COOKIE_NAMES =
      List.of(
          "cookieName",
          "cookiePath",
          "cookieDomain",
          "sameSite",
          "httpOnly",
          "partitioned",
          "plainHttpDevelopment",
          "chunked");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");

  private final Function<String, @Nullable String> source;

  private TextSettings(Function<String, @Nullable String> source) {
    this.source = source;
  }

  /**
   * Settings of this source.
   *
   * @param source from a setting's name to its text, null for none
   */
  public static TextSettings of(Function<String, @Nullable String> source) {
    return new TextSettings(Objects.requireNonNull(source, "source"));
  }

  /** The text of a setting without white space around it, or null if there is none. */
  public @Nullable String text(String name) {
    String value = source.apply(name);
    return value == null ? null : value.strip();
  }

  /**
   * Uses a setting if there is one.
   *
   * @param use throws an IllegalArgumentException if the text is wrong
   * @throws IllegalArgumentException which names the setting, its text and what is wrong with it
   */
  public void use(String name, Consumer<String> use) {
    String value = text(name);
    if (value != null) {
      try {
        use.accept(value);
      } catch (RuntimeException e) { // Whatever a class that the text names throws.
        throw new IllegalArgumentException(
            "\"%s\" is \"%s\": %s".formatted(name, value, e.getMessage()), e);
      }
    }
  }

  /**
   * Refuses two settings that contradict each other.
   *
   * @throws IllegalArgumentException if there are both
   */
  public void exclude(String one, String other) {
    if (text(one) != null && text(other) != null) {
      throw new IllegalArgumentException(
          "\"%s\" contradicts \"%s\"; leave one out".formatted(one, other));
    }
  }

  /**
   * Refuses a setting that means nothing without another.
   *
   * @throws IllegalArgumentException if there is the one and not the other
   */
  public void require(String one, String other) {
    if (text(one) != null && text(other) == null) {
      throw new IllegalArgumentException(
          "\"%s\" means nothing without \"%s\"; set both or leave it out".formatted(one, other));
    }
  }

  /**
   * Applies the settings of {@link #NAMES} to a builder; what is not set stays as it is there. A
   * cookie whose name is the default one takes the name given here.
   *
   * @param cookieName the name of the cookie if none is set
   * @throws IllegalArgumentException if one is wrong, or two contradict each other
   */
  public void applyTo(SessionsBuilder sessions, String cookieName) {
    use("audience", sessions::audience);
    sessions.policy(policy(sessions.policy()));
    CookieOptions present = sessions.cookie();
    if (present != null) {
      cookie(sessions, present, cookieName);
    } else {
      COOKIE_NAMES.forEach(this::refuseWithoutCookie);
    }
    use("encrypted", value -> encrypt(sessions, flag(value)));
    require("padded", "encrypted");
    use("padded", value -> sessions.padded(number(value)));
    use("compressed", value -> number(value, Payload.DEFLATE_FROM, sessions::compressed));
    use("chunked", value -> number(value, CookieChunks.DEFAULT_LIMIT, sessions::chunked));
    use("responseLimit", value -> sessions.responseLimit(number(value)));
    boolean secure = present == null || Objects.requireNonNull(sessions.cookie()).isSecure();
    use("formerCookies", list -> former(list, secure, sessions));
    use("reading", list -> reading(list, secure, sessions));
  }

  private static void encrypt(SessionsBuilder sessions, boolean encrypted) {
    if (encrypted) {
      sessions.encrypted();
    }
  }

  /** Uses a setting that is {@code true} for a default, {@code false} for none, or a number. */
  private static void number(String text, int usual, IntConsumer use) {
    if (text.equals("true")) {
      use.accept(usual);
    } else if (!text.equals("false")) {
      use.accept(number(text));
    }
  }

  private static void former(String list, boolean secure, SessionsBuilder sessions) {
    for (String entry : entries(list)) {
      CookieEntry cookie = CookieEntry.parse(entry, secure);
      if (cookie.encrypted() != null) {
        throw new IllegalArgumentException(
            "\"signed\" and \"encrypted\" are for cookies that are read, and these are expired");
      }
      CookieOptions written = sessions.cookie();
      if (written != null
          && !sessions.hasDomains()
          && written.identity().equals(cookie.options().identity())) {
        throw new IllegalArgumentException(
            "that is the cookie that is written; say in which of Path, Domain and Partitioned the former one differs");
      }
      sessions.alsoExpiring(cookie.options());
    }
  }

  private static void reading(String list, boolean secure, SessionsBuilder sessions) {
    for (String entry : entries(list)) {
      CookieEntry cookie = CookieEntry.parse(entry, secure);
      sessions.readingOwn(new SessionsBuilder.OwnPlace(cookie.options(), cookie.encrypted()));
    }
  }

  private static List<String> entries(String list) {
    List<String> entries = new ArrayList<>();
    for (String entry : list.split(",", -1)) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("it names no cookie");
    }
    return entries;
  }

  private void refuseWithoutCookie(String name) {
    use(
        name,
        value -> {
          throw new IllegalArgumentException("the session travels in no cookie; leave it out");
        });
  }

  private SessionPolicy policy(SessionPolicy present) {
    exclude("remember", "allowRemember");
    exclude("remember", "idle");
    SessionPolicy[] policy = {present};
    use("idle", value -> policy[0] = policy[0].withIdle(duration(value)));
    use("absolute", value -> policy[0] = policy[0].withAbsolute(duration(value)));
    use("remember", value -> policy[0] = policy[0].withRemember(duration(value)));
    use("allowRemember", value -> policy[0] = policy[0].withRememberUpTo(duration(value)));
    use("noRenewalHeader", value -> policy[0] = policy[0].withoutRenewalOn(value));
    use("skew", value -> policy[0] = policy[0].withSkew(duration(value)));
    use("rolling", value -> policy[0] = flag(value) ? policy[0].withRolling() : policy[0]);
    use("revocationEntries", value -> policy[0] = policy[0].withRevocationInMemory(number(value)));
    use(text("idle") == null ? "absolute" : "idle", value -> policy[0].requireReachable());
    return policy[0];
  }

  private void cookie(SessionsBuilder sessions, CookieOptions present, String defaultName) {
    boolean[] plain = {false};
    use("plainHttpDevelopment", value -> plain[0] = flag(value));
    String name = present.name().equals(CookieOptions.DEFAULT_NAME) ? defaultName : present.name();
    CookieOptions[] options = {present.withName(plain[0] ? name.replace("__Host-", "") : name)};
    use("cookieName", value -> options[0] = options[0].withName(value));
    if (plain[0]) {
      use("plainHttpDevelopment", value -> options[0] = options[0].withSecure(false));
    }
    use("cookiePath", value -> options[0] = options[0].withPath(value));
    use("sameSite", value -> options[0] = options[0].withSameSite(sameSite(value)));
    use("httpOnly", value -> options[0] = options[0].withHttpOnly(flag(value)));
    use("partitioned", value -> options[0] = options[0].withPartitioned(flag(value)));
    use(
        "cookieDomain",
        value -> {
          List<String> domains = Stream.of(value.split(",", -1)).map(String::strip).toList();
          for (String domain : domains) {
            CookieOptions checked = options[0].withDomain(domain);
            options[0] = domains.size() == 1 ? checked : options[0];
          }
          if (domains.size() > 1) {
            sessions.domains(domains.toArray(String[]::new));
          }
        });
    sessions.cookie(options[0]);
  }

  /**
   * A duration: a number of seconds ({@code 1800}), a number with a unit ({@code 90s 30m 12h 14d}),
   * or ISO 8601 ({@code PT30M}).
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Duration duration(String text) {
    Objects.requireNonNull(text, "text");
    if (SECONDS.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      return Duration.parse(text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "it is no duration; write 1800 (seconds), 90s, 30m, 12h, 14d or PT30M", e);
    }
  }

  /**
   * {@code true} or {@code false}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static boolean flag(String text) {
    if (!List.of("true", "false").contains(text)) {
      throw new IllegalArgumentException("it must be true or false");
    }
    return text.equals("true");
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is no whole number", e);
    }
  }

  private static SameSite sameSite(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "strict" -> SameSite.STRICT;
      case "lax" -> SameSite.LAX;
      case "none" -> SameSite.NONE;
      case "unset" -> SameSite.UNSET;
      default -> throw new IllegalArgumentException("it must be Strict, Lax, None or unset");
    };
  }

  /** Nothing of the settings, which are the source's. */
  @Override
  public String toString() {
    return "TextSettings";
  }
}
