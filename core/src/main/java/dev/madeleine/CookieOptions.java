package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name and attributes of the session cookie (RFC 6265bis). Immutable and checked when made, so that
 * a header it writes cannot be split.
 *
 * <p>The default is {@code __Host-session; Path=/; Secure; HttpOnly; SameSite=Lax}. {@code Secure}
 * does not depend on the request: behind a proxy that ends TLS the server cannot see it.
 */
public final class CookieOptions {
  /** Name of the cookie unless the application chooses another. */
  public static final String DEFAULT_NAME = "__Host-session";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");

  /** What browsers take beyond a token, and other frameworks have. */
  private static final Pattern FOREIGN = Pattern.compile("[\\x21-\\x7e&&[^=;,\"\\\\]]{1,200}");

  private static final Pattern PATH = Pattern.compile("/[\\x21-\\x3a\\x3c-\\x7e]*");
  private static final Pattern DOMAIN = Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?");

  /** Most characters of {@code Max-Age} and {@code Expires} with what is around them. */
  private static final int AGES = 72;

  /** When a browser sends the cookie along with a request that another site caused. */
  public enum SameSite {
    /** Never. */
    STRICT("Strict"),
    /** With links followed in the top window. */
    LAX("Lax"),
    /** Always. The application must defend itself against CSRF. */
    NONE("None"),
    /**
     * Not said, so each browser does what it does by default: Chromium as {@link #LAX}, but for two
     * minutes after the cookie was set with a cross-site POST, too; others always.
     */
    UNSET("");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  /** The pattern of the name. */
  private final Pattern names;

  private final String name;
  private final String path;
  private final @Nullable String domain;
  private final boolean secure;
  private final boolean httpOnly;
  private final boolean partitioned;
  private final SameSite sameSite;
  private final PlaceIdentity identity;
  private final String suffix;

  /** See {@link #expire}; made when it is first needed. */
  private @Nullable String expiring;

  private CookieOptions(
      Pattern names,
      String name,
      String path,
      @Nullable String domain,
      boolean secure,
      boolean httpOnly,
      boolean partitioned,
      SameSite sameSite) {
    this.names = names;
    this.name = name;
    this.path = path;
    this.domain = domain;
    this.secure = secure;
    this.httpOnly = httpOnly;
    this.partitioned = partitioned;
    this.sameSite = Objects.requireNonNull(sameSite, "sameSite");
    check();
    identity = new PlaceIdentity(name, path, domain, partitioned);
    suffix =
        (domain == null ? "" : "; Domain=" + domain)
            + (secure ? "; Secure" : "")
            + (httpOnly ? "; HttpOnly" : "")
            + (sameSite == SameSite.UNSET ? "" : "; SameSite=" + sameSite.text)
            + (partitioned ? "; Partitioned" : "");
  }

  /**
   * These options under another name that begins with theirs, so that browsers hold it good too.
   */
  private CookieOptions(CookieOptions options, String longerName) {
    names = options.names;
    name = longerName;
    path = options.path;
    domain = options.domain;
    secure = options.secure;
    httpOnly = options.httpOnly;
    partitioned = options.partitioned;
    sameSite = options.sameSite;
    suffix = options.suffix;
    checkName();
    identity = new PlaceIdentity(name, path, domain, partitioned);
  }

  /** The secure defaults under this name. */
  public static CookieOptions named(String name) {
    Objects.requireNonNull(name, "name");
    boolean host = prefixed(name, "__host-");
    boolean secure = host || prefixed(name, "__secure-") || prefixed(name, "__http-");
    if (secure || !name.startsWith("__")) {
      return new CookieOptions(TOKEN, name, "/", null, true, true, false, SameSite.LAX);
    }
    throw new IllegalArgumentException(
        "cookie name %s has a prefix that browsers do not know; they know __Host- and __Secure-"
            .formatted(PrintableName.of(name)));
  }

  /**
   * The secure defaults under a name that another framework chose, such as {@code koa:sess}: any
   * visible characters but {@code = ; , " \}, and any prefix. For places that are read, shared or
   * expired; the cookie of our own sessions has a {@linkplain #named name} that everybody takes.
   */
  public static CookieOptions foreign(String name) {
    Objects.requireNonNull(name, "name");
    return new CookieOptions(FOREIGN, name, "/", null, true, true, false, SameSite.LAX);
  }

  /** The secure defaults: {@value #DEFAULT_NAME}. */
  public static CookieOptions defaults() {
    return named(DEFAULT_NAME);
  }

  /** These options under another name. */
  @CheckReturnValue
  public CookieOptions withName(String newName) {
    Objects.requireNonNull(newName, "newName");
    named(newName); // Refuses a prefix that browsers do not know.
    return new CookieOptions(TOKEN, newName, path, domain, secure, httpOnly, partitioned, sameSite);
  }

  /** These options for requests below this path only; not with a {@code __Host-} name. */
  @CheckReturnValue
  public CookieOptions withPath(String newPath) {
    Objects.requireNonNull(newPath, "newPath");
    return new CookieOptions(names, name, newPath, domain, secure, httpOnly, partitioned, sameSite);
  }

  /** These options for all hosts of a domain; not with a {@code __Host-} name. */
  @CheckReturnValue
  public CookieOptions withDomain(String newDomain) {
    Objects.requireNonNull(newDomain, "newDomain");
    return new CookieOptions(names, name, path, newDomain, secure, httpOnly, partitioned, sameSite);
  }

  /**
   * These options with or without {@code Secure}: without it the cookie travels over plain http.
   */
  @CheckReturnValue
  public CookieOptions withSecure(boolean newSecure) {
    return new CookieOptions(names, name, path, domain, newSecure, httpOnly, partitioned, sameSite);
  }

  /** These options with or without {@code HttpOnly}: without it scripts read the cookie. */
  @CheckReturnValue
  public CookieOptions withHttpOnly(boolean newHttpOnly) {
    return new CookieOptions(names, name, path, domain, secure, newHttpOnly, partitioned, sameSite);
  }

  /** These options with or without {@code Partitioned} (CHIPS); needs {@code Secure}. */
  @CheckReturnValue
  public CookieOptions withPartitioned(boolean newPartitioned) {
    return new CookieOptions(names, name, path, domain, secure, httpOnly, newPartitioned, sameSite);
  }

  /** These options with another {@code SameSite}; {@code NONE} needs {@code Secure}. */
  @CheckReturnValue
  public CookieOptions withSameSite(SameSite newSameSite) {
    return new CookieOptions(names, name, path, domain, secure, httpOnly, partitioned, newSameSite);
  }

  /** The cookie's name. */
  public String name() {
    return name;
  }

  /** The cookie's path. */
  public String path() {
    return path;
  }

  /** Whether browsers send the cookie over https only. */
  public boolean isSecure() {
    return secure;
  }

  /** Whether scripts cannot read the cookie. */
  public boolean isHttpOnly() {
    return httpOnly;
  }

  /** Whether browsers keep the cookie apart for each top-level site. */
  public boolean isPartitioned() {
    return partitioned;
  }

  /** When a browser sends the cookie with requests of another site. */
  public SameSite sameSite() {
    return sameSite;
  }

  /** What a browser files the cookie under. */
  PlaceIdentity identity() {
    return identity;
  }

  /** These options, if they are of the same cookie as the others. */
  CookieOptions requireSameCookie(CookieOptions others) {
    if (identity.equals(others.identity)) {
      return this;
    }
    throw new IllegalArgumentException(
        "name, path, domain and Partitioned of cookie %s cannot change for one response: that is another cookie"
            .formatted(others.name));
  }

  /**
   * These options, if they may be those of a cookie of our own.
   *
   * @throws IllegalArgumentException if the name is one that {@link #foreign} alone takes
   */
  CookieOptions requireToken() {
    if (names.equals(FOREIGN)) {
      named(name);
    }
    return this;
  }

  /** These options for a cookie beside this one, whose name begins with this one's. */
  CookieOptions withSuffix(String nameSuffix) {
    return new CookieOptions(this, name + nameSuffix);
  }

  /**
   * The {@code Set-Cookie} value that stores this text, until the browser closes or for maxAge.
   *
   * <p>{@code Expires} says the same as {@code Max-Age}, for the clients that go by it: {@code
   * java.net.HttpCookie} takes {@code Max-Age} alone for a sign of RFC 2965 and sends the value
   * back in quotes.
   */
  String set(String value, @Nullable Duration maxAge, Instant now) {
    if (maxAge == null) {
      return name + "=" + value + "; Path=" + path + suffix;
    }
    long seconds = maxAge.toSeconds();
    int length = name.length() + value.length() + path.length() + suffix.length();
    StringBuilder line = new StringBuilder(length + AGES);
    line.append(name).append('=').append(value).append("; Path=").append(path);
    line.append("; Max-Age=").append(seconds).append("; Expires=");
    HttpDate.append(line, now.getEpochSecond() + seconds);
    return line.append(suffix).toString();
  }

  /** The {@code Set-Cookie} value that makes the browser drop the cookie. */
  String expire() {
    String known = expiring;
    if (known == null) {
      String ages = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
      known = name + "=; Path=" + path + ages + suffix;
      expiring = known;
    }
    return known;
  }

  private void checkName() {
    if (!names.matcher(name).matches()) {
      throw new IllegalArgumentException(
          names.equals(TOKEN)
              ? "cookie name \"%s\" is not a token of RFC 9110 of 1 to 200 characters; the cookie of another framework is CookieOptions.foreign(…)"
                  .formatted(PrintableName.of(name))
              : "cookie name \"%s\" is not of 1 to 200 visible characters other than = ; , \" and \\"
                  .formatted(PrintableName.of(name)));
    }
  }

  private void check() {
    checkName();
    String shown = PrintableName.of(name);
    require(
        PATH.matcher(path).matches(),
        "path of cookie %s must begin with / and hold no space, semicolon or control character",
        shown);
    require(
        domain == null || DOMAIN.matcher(domain).matches(),
        "domain of cookie %s is not a host name; write example.com, without a leading dot",
        shown);
    boolean host = prefixed(name, "__host-");
    boolean http = prefixed(name, "__http-") || prefixed(name, "__host-http-");
    require(
        !host || (path.equals("/") && domain == null),
        "a browser drops cookie %s unless its path is / and it has no domain; rename it or leave them",
        shown);
    require(
        secure || !(host || http || prefixed(name, "__secure-")),
        "a browser drops cookie %s without Secure; rename it or leave Secure on",
        shown);
    require(httpOnly || !http, "a browser drops cookie %s without HttpOnly; rename it", shown);
    require(
        secure || sameSite != SameSite.NONE,
        "a browser drops cookie %s with SameSite=None and without Secure",
        shown);
    require(secure || !partitioned, "a browser drops cookie %s, Partitioned without Secure", shown);
  }

  /** Browsers compare the prefix without regard to case (RFC 6265bis section 5.4). */
  private static boolean prefixed(String name, String prefix) {
    return name.toLowerCase(Locale.ROOT).startsWith(prefix);
  }

  private static void require(boolean holds, String message, String shownName) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(shownName));
    }
  }

  /** All attributes as {@code Set-Cookie} has them, without the ages. */
  String attributes() {
    return "; Path=" + path + suffix;
  }

  /** The cookie as it would be set, without its value. */
  @Override
  public String toString() {
    return name + attributes();
  }
}
