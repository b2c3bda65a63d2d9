package dev.madeleine.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The properties {@code madeleine.*}.
 *
 * @param keys keys as {@code KeyRing.parse} takes them: one, or several with a comma between, the
 *     signing one first
 * @param keyFile a file or folder with keys, looked at again while the application runs
 * @param keyFileWorldReadable whether others may read the key file, which is refused otherwise
 * @param keyInterval how often the key file is looked at
 * @param developmentKey whether a key is made for this run only, when there is none
 * @param plainHttpDevelopment whether the cookie travels over plain http: development only
 * @param encrypt whether sessions are encrypted rather than signed only
 * @param compress from how many bytes on sessions are compressed, or {@code true} or {@code false}
 * @param padded to a multiple of how many bytes encrypted sessions are padded, or {@code true}
 * @param chunked how many bytes a session in several cookies may take, or {@code true}
 * @param responseLimit how many bytes the header lines of a session may take in a response
 * @param formerCookies cookies of former releases, which are expired
 * @param reading cookies of former releases, which are read too
 * @param noRenewalHeader a request header; with it the session is read without renewing it
 * @param skew how far the clocks of nodes may differ
 * @param cookie the cookie
 * @param idle how long a session lives without use
 * @param absolute how long a session lives at most
 * @param remember the Max-Age of every session's cookie, and its life
 * @param allowRemember the longest life of a session that asks to be remembered
 * @param rolling whether every response that used the session has a new cookie
 * @param audience the name of the application, where several share the keys
 * @param revocation how sessions are ended before their time
 */
@ConfigurationProperties("madeleine")
record MadeleineProperties(
    @Nullable String keys,
    @Nullable String keyFile,
    @DefaultValue("false") boolean keyFileWorldReadable,
    @Nullable Duration keyInterval,
    @Nullable Boolean developmentKey,
    @DefaultValue("false") boolean plainHttpDevelopment,
    @DefaultValue("true") boolean encrypt,
    @Nullable String compress,
    @Nullable String padded,
    @Nullable String chunked,
    @Nullable Integer responseLimit,
    @Nullable String formerCookies,
    @Nullable String reading,
    @Nullable String noRenewalHeader,
    @Nullable Duration skew,
    @DefaultValue Cookie cookie,
    @Nullable Duration idle,
    @Nullable Duration absolute,
    @Nullable Duration remember,
    @Nullable Duration allowRemember,
    @Nullable Boolean rolling,
    @Nullable String audience,
    @DefaultValue Revocation revocation) {
  /**
   * The cookie.
   *
   * @param name its name, {@code __Host-session} unless set
   * @param path its path, {@code /} unless set
   * @param domain its domain, this host only unless set
   * @param sameSite {@code Strict}, {@code Lax} or {@code None}; Lax unless set
   * @param partitioned whether it is kept apart for each top-level site
   */
  record Cookie(
      @Nullable String name,
      @Nullable String path,
      @Nullable String domain,
      @Nullable String sameSite,
      @Nullable Boolean partitioned) {}

  /**
   * How sessions are ended before their time.
   *
   * @param inMemory how many ended logins, users and keys this process remembers; 0 for no
   *     revocation
   */
  record Revocation(@Name("in-memory") @DefaultValue("0") int inMemory) {}

  /** What is set, by the names of text settings. */
  Map<String, String> asText() {
    Map<String, String> text = new LinkedHashMap<>();
    put(text, "encrypted", encrypt);
    put(text, "compressed", compress);
    put(text, "padded", padded);
    put(text, "chunked", chunked);
    put(text, "responseLimit", responseLimit);
    put(text, "formerCookies", formerCookies);
    put(text, "reading", reading);
    put(text, "noRenewalHeader", noRenewalHeader);
    put(text, "skew", skew);
    put(text, "cookieName", cookie.name);
    put(text, "cookiePath", cookie.path);
    put(text, "cookieDomain", cookie.domain);
    put(text, "sameSite", cookie.sameSite);
    put(text, "partitioned", cookie.partitioned);
    put(text, "plainHttpDevelopment", plainHttpDevelopment ? true : null);
    put(text, "idle", idle);
    put(text, "absolute", absolute);
    put(text, "remember", remember);
    put(text, "allowRemember", allowRemember);
    put(text, "rolling", rolling);
    put(text, "audience", audience);
    put(text, "revocationEntries", revocation.inMemory == 0 ? null : revocation.inMemory);
    return text;
  }

  /** The property of a text setting that has another name here. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "encrypted", "encrypt",
          "compressed", "compress",
          "cookieName", "cookie.name",
          "cookiePath", "cookie.path",
          "cookieDomain", "cookie.domain",
          "sameSite", "cookie.same-site",
          "partitioned", "cookie.partitioned",
          "revocationEntries", "revocation.in-memory");

  /** The name of the property that a text setting has here. */
  static String property(String setting) {
    String name = RENAMED.get(setting);
    return "madeleine."
        + (name == null ? setting.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT) : name);
  }

  private static void put(Map<String, String> text, String name, @Nullable Object value) {
    if (value != null) {
      text.put(name, value.toString());
    }
  }

  /** Nothing of the properties, as there are keys among them. */
  @Override
  public String toString() {
    return "MadeleineProperties";
  }
}
