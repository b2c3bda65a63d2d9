package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.CookieOptions;
import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.RejectionReason;
import dev.madeleine.Session;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Sessions;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filter of web.xml: what its parameters do, and what they are told when they are wrong. */
class InitParametersTest {
  private static final String VARIABLE = "madeleine.test.keys";
  private static final Map<String, String> KEYS = Map.of("keyVariable", VARIABLE);

  /** A listener that web.xml can name. */
  public static final class Listener implements HttpSessionListener {}

  @BeforeAll
  static void makeKeys() {
    System.setProperty(VARIABLE, key());
  }

  @AfterAll
  static void removeKeys() {
    System.clearProperty(VARIABLE);
  }

  private static String key() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return "base64:" + Base64.getEncoder().encodeToString(secret);
  }

  private static FilterConfig config(String context, Map<String, String> parameters) {
    return config(context, parameters, 30, null);
  }

  private static FilterConfig config(
      String context,
      Map<String, String> parameters,
      int minutes,
      @Nullable SessionCookieConfig cookie) {
    ServletContext servletContext =
        (ServletContext)
            Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getContextPath" -> context;
                      case "getClassLoader" -> InitParametersTest.class.getClassLoader();
                      case "getSessionTimeout" -> minutes;
                      case "getSessionCookieConfig" -> cookie;
                      case "getEffectiveSessionTrackingModes" -> Set.of(SessionTrackingMode.COOKIE);
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new FilterConfig() {
      @Override
      public String getFilterName() {
        return "sessions";
      }

      @Override
      public ServletContext getServletContext() {
        return servletContext;
      }

      @Override
      public String getInitParameter(String name) {
        return parameters.get(name);
      }

      @Override
      public java.util.Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters.keySet());
      }
    };
  }

  static SessionFilter filter(String context, Map<String, String> parameters)
      throws ServletException {
    SessionFilter filter = new SessionFilter();
    filter.init(config(context, parameters));
    return filter;
  }

  /** The sessions where the container was told this: a name, a path, attributes, Max-Age. */
  private static Sessions told(
      Map<String, String> parameters,
      int minutes,
      @Nullable String name,
      @Nullable String path,
      Map<String, String> attributes,
      int maxAge)
      throws ServletException {
    SessionCookieConfig cookie =
        (SessionCookieConfig)
            Proxy.newProxyInstance(
                SessionCookieConfig.class.getClassLoader(),
                new Class<?>[] {SessionCookieConfig.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getName" -> name;
                      case "getPath" -> path;
                      case "getAttributes" -> attributes;
                      case "getMaxAge" -> maxAge;
                      default -> null;
                    });
    SessionFilter filter = new SessionFilter();
    filter.init(config("/shop", parameters, minutes, cookie));
    return filter.sessions();
  }

  @Test
  void aTimeoutOfADayRaisesTheAbsoluteTimeoutWithIt() throws Exception {
    Sessions sessions = told(KEYS, 24 * 60, null, null, Map.of(), -1);

    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofDays(1));
    assertThat(sessions.policy().absolute()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void takesWhatTheContainerWasTold() throws Exception {
    Sessions sessions = told(KEYS, 60, "SHOP", "/shop/app", Map.of("SameSite", "Strict"), -1);

    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofHours(1));
    assertThat(sessions.transport().options())
        .hasToString("SHOP; Path=/shop/app; Secure; HttpOnly; SameSite=Strict");
  }

  @ParameterizedTest
  @CsvSource({"60, 600, 600", "60, 50000, 3600", "30, 50000, 1800", "0, 50000, 1800"})
  void keepsTheCookieForMaxAgeButNoLongerThanTheTimeout(int minutes, int maxAge, int kept)
      throws Exception {
    Sessions sessions = told(KEYS, minutes, null, null, Map.of(), maxAge);

    Session session = sessions.load(name -> null);
    session.put("a", 1);
    assertThat(sessions.save(session)).anyMatch(h -> h.value().contains("; Max-Age=" + kept));
  }

  @Test
  void prefersItsParametersToWhatTheContainerWasTold() throws Exception {
    Map<String, String> parameters = with("idle", "5m");
    parameters.put("cookieName", "own");
    parameters.put("cookiePath", "/own");
    parameters.put("sameSite", "Lax");

    Sessions sessions = told(parameters, 60, "SHOP", "/shop/app", Map.of("SameSite", "Strict"), -1);

    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(sessions.transport().options())
        .hasToString("own; Path=/own; Secure; HttpOnly; SameSite=Lax");
  }

  @ParameterizedTest
  @CsvSource({"30, , ", "0, JSESSIONID, /shop", "-1, JSESSIONID, /shop/"})
  void takesNothingFromAContainerThatWasToldNothing(
      int minutes, @Nullable String name, @Nullable String path) throws Exception {
    Sessions sessions = told(KEYS, minutes, name, path, Map.of("name", "x"), -1);

    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofMinutes(30));
    assertThat(sessions.transport().options())
        .hasToString("__Host-session-shop; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void leavesOutWhatItsCookieCannotTake() throws Exception {
    Sessions sessions = told(KEYS, 30, null, "/shop/app", Map.of("SameSite", "Sometimes"), -1);

    assertThat(sessions.transport().options())
        .hasToString("__Host-session-shop; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> parameters = new HashMap<>(KEYS);
    parameters.put(name, value);
    return parameters;
  }

  @Test
  void givesTheSecureDefaults() throws Exception {
    Sessions sessions = filter("", KEYS).sessions();

    assertThat(sessions.transport().options())
        .hasToString("__Host-session; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(sessions.policy().idle()).isEqualTo(Duration.ofMinutes(30));
    assertThat(sessions.policy().absolute()).isEqualTo(Duration.ofHours(12));
  }

  @ParameterizedTest
  @CsvSource({
    "'', __Host-session",
    "/shop, __Host-session-shop",
    "/a/b, __Host-session-a~2f~b",
    "/a-b, __Host-session-a-b",
    "/caf\u00e9, __Host-session-caf~e9~"
  })
  void namesTheCookieAfterTheContext(String context, String name) throws Exception {
    assertThat(filter(context, KEYS).sessions().transport().name()).isEqualTo(name);
  }

  @Test
  void keepsTheOptionsOfSessionsThatCodeGaveItInAContext() throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    CookieOptions strict = CookieOptions.defaults().withSameSite(CookieOptions.SameSite.STRICT);
    SessionFilter filter = new SessionFilter(Sessions.builder(keys).cookie(strict).build());

    filter.init(config("/shop", Map.of()));

    assertThat(filter.sessions().transport().options())
        .hasToString("__Host-session-shop; Path=/; Secure; HttpOnly; SameSite=Strict");
  }

  @Test
  void takesEveryParameter() throws Exception {
    Map<String, String> parameters = new HashMap<>(KEYS);
    parameters.put("audience", "shop");
    parameters.put("cookieName", "sid");
    parameters.put("cookiePath", "/shop");
    parameters.put("cookieDomain", "example.com");
    parameters.put("sameSite", "strict");
    parameters.put("partitioned", "true");
    parameters.put("idle", "600");
    parameters.put("absolute", "PT2H");
    parameters.put("allowRemember", "P30D");
    parameters.put("rolling", "true");
    parameters.put("revocationEntries", "1000");
    parameters.put("carry", "cart, user");
    parameters.put("requestOnly", "type:java.lang.Thread, helper*");
    parameters.put("refuse", "secret");
    parameters.put("listeners", Listener.class.getName());
    parameters.put("emptySessions", "keep");
    parameters.put("lateChanges", "throw");

    Sessions sessions = filter("/shop", parameters).sessions();

    assertThat(sessions.transport().options())
        .hasToString(
            "sid; Path=/shop; Domain=example.com; Secure; HttpOnly; SameSite=Strict; Partitioned");
    assertThat(sessions.policy())
        .hasToString(
            "idle PT10M, absolute PT2H, remembered up to PT720H,"
                + " revocation in memory of this process, at most 1000 entries");
  }

  @Test
  void usesPlainHttpForDevelopmentOnlyWhenToldTo() throws Exception {
    assertThat(
            filter("/shop", with("plainHttpDevelopment", "true")).sessions().transport().options())
        .hasToString("session-shop; Path=/; HttpOnly; SameSite=Lax");
  }

  private static Path keyFile(Path folder, String name, String permissions) throws Exception {
    Path file = Files.writeString(folder.resolve(name), key() + "," + key() + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void readsKeysFromAFile(@TempDir Path folder) throws Exception {
    Path file = keyFile(folder, "keys", "rw-------");

    SessionFilter filter = filter("", Map.of("keyFile", file.toString()));

    assertThat(filter.sessions().transport().toString()).contains("accepting 1 older");
    filter.destroy();
  }

  @Test
  void readsKeysFromTheFileInADirectory(@TempDir Path folder) throws Exception {
    keyFile(folder, "keys.json", "r--r-----");

    SessionFilter filter = filter("", Map.of("keyFile", folder.toString()));

    assertThat(filter.sessions().transport().toString()).contains("accepting 1 older");
    filter.destroy();
  }

  @Test
  void refusesAKeyFileThatEverybodyCanReadUnlessAllowed(@TempDir Path folder) throws Exception {
    String file = keyFile(folder, "keys", "rw-r--r--").toString();

    assertThatThrownBy(() -> filter("", Map.of("keyFile", file)))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("init-param \"keyFile\"")
        .hasMessageContaining("chmod 600");
    filter("", Map.of("keyFile", file, "keyFileWorldReadable", "true")).destroy();
  }

  @Test
  void takesTheNewKeysOfAFileUntilItIsDestroyed(@TempDir Path folder) throws Exception {
    Path file = keyFile(folder, "keys", "rw-------");
    SessionFilter filter = filter("", Map.of("keyFile", file.toString(), "keyInterval", "PT0.01S"));
    String next = key();

    Files.writeString(file, next + "," + Files.readString(file));

    String id = MasterKey.parse(next).id();
    for (int i = 0; i < 6000 && !filter.sessions().transport().toString().contains(id); i++) {
      Thread.sleep(10);
    }
    assertThat(filter.sessions().transport().toString()).contains("signing key " + id);
    assertThat(watches()).isOne();
    filter.destroy();
    for (int i = 0; i < 6000 && watches() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(watches()).isZero();
  }

  @Test
  void leavesNoThreadBehindWhenAParameterIsWrong(@TempDir Path folder) throws Exception {
    String file = keyFile(folder, "keys", "rw-------").toString();

    assertThatThrownBy(() -> filter("", Map.of("keyFile", file, "idle", "soon")))
        .isInstanceOf(ServletException.class);
    for (int i = 0; i < 6000 && watches() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(watches()).isZero();
  }

  private static long watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("madeleine-keys"))
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "colour, red",
    "idle, soon",
    "idle, 13h",
    "noRenewalPaths, status",
    "noRenewalPaths, /a/*/b",
    "formerCookies, a b",
    "idle, -5",
    "absolute, 0",
    "remember, P900D",
    "sameSite, sometimes",
    "partitioned, yes",
    "rolling, 1",
    "cookieName, a b",
    "cookieDomain, .example.com",
    "revocationEntries, many",
    "requestOnly, type:no.such.Type",
    "listeners, java.lang.String",
    "emptySessions, maybe",
    "lateChanges, ignore",
    "plainHttpDevelopment, perhaps",
    "keyFileWorldReadable, yes",
    "keyInterval, often"
  })
  void failsByTheNameOfAWrongParameter(String name, String value) {
    assertThatThrownBy(() -> filter("", with(name, value)))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("\"sessions\"")
        .hasMessageContaining("\"" + name + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "keyFile, /keys, keyVariable, K",
    "remember, P1D, allowRemember, P2D",
    "idle, 60, remember, P1D",
    "carry, cart, refuse, cart"
  })
  void failsByTheNameOfAParameterThatContradicts(String a, String va, String b, String vb) {
    Map<String, String> parameters = new HashMap<>(a.equals("keyFile") ? Map.of() : KEYS);
    parameters.put(a, va);
    parameters.put(b, vb);

    assertThatThrownBy(() -> filter("", parameters))
        .isInstanceOf(ServletException.class)
        .satisfies(e -> assertThat(List.of(a, b)).anyMatch(e.getMessage()::contains));
  }

  @Test
  void failsWithoutKeysAndSaysHowToMakeOne() {
    assertThatThrownBy(() -> filter("", Map.of("keyVariable", "no.such.variable")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("keyVariable")
        .hasMessageContaining("openssl rand");
    assertThatThrownBy(() -> filter("", Map.of("keyFile", "no-such-file")))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("keyFile");
  }

  @Test
  void refusesParametersForAFilterThatWasBuiltInCode() {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    SessionFilter filter = new SessionFilter(Sessions.of(keys));

    assertThatThrownBy(() -> filter.init(config("", Map.of("idle", "60"))))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("idle");
  }

  @Test
  void whatIsToldAtStartIsToldOnceInAContextToo() throws ServletException {
    List<SessionEvent> events = new ArrayList<>();
    SessionEncoder weak =
        new SessionEncoder() {
          @Override
          public String encode(SessionSnapshot session) {
            return "";
          }

          @Override
          public Decoded decode(String text) {
            return new Decoded.Rejected(RejectionReason.MALFORMED);
          }

          @Override
          public String weakness() {
            return "the secret is published";
          }
        };
    SessionFilter filter = new SessionFilter(Sessions.builder(weak).listener(events::add).build());

    filter.init(config("/shop", Map.of()));
    for (int i = 0; i < 3; i++) {
      assertThat(filter.sessions().load(name -> null).isNew()).isTrue();
    }

    assertThat(events)
        .containsExactly(
            new SessionEvent.WeakKeyUsed("__Host-session-shop", "the secret is published"));
  }
}
