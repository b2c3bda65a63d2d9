package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.CookieOptions;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a setup that loses sessions, and what silences it. */
class SetupChecksTest {
  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private TomcatServer server;

  private void start(UnaryOperator<SessionsBuilder> sessions, Consumer<Context> setting)
      throws Exception {
    KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
    SessionsBuilder builder = Sessions.builder(keys).listener(this::heard);
    server =
        new TomcatServer(new SessionFilter(sessions.apply(builder).build()), Map.of(), setting);
    server.on("/put", (request, response) -> request.getSession().setAttribute("a", 1));
    server.on("/read", (request, response) -> request.getSession());
  }

  private void heard(SessionEvent event) {
    if (event instanceof SessionEvent.SetupQuestionable) {
      events.add(event);
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private String get(String path, String host, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(60_000);
      String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n".formatted(path, host, more);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void warnsOnceOfASecureCookieOverPlainHttp() throws Exception {
    start(builder -> builder, context -> {});

    get("/read", "shop.example");
    assertThat(events).as("nothing was stored").isEmpty();
    assertThat(get("/put", "shop.example")).contains("Set-Cookie: __Host-session=");
    get("/put", "192.0.2.7:8080");

    assertThat(events).hasSize(1);
    assertThat(events.get(0).message())
        .contains("X-Forwarded-Proto", "forPlainHttpDevelopment()", "plainHttpDevelopment=true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "app.localhost",
        "127.0.0.1:80",
        "127.9.9.9",
        "[::1]"
      })
  void saysNothingOnTheLoopback(String host) throws Exception {
    start(builder -> builder, context -> {});

    assertThat(get("/put", host)).contains("Set-Cookie: __Host-session=");

    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "Forwarded: proto=https",
        "X-Forwarded-For: 192.0.2.1",
        "Via: 1.1 proxy",
        "Sec-Fetch-Site: none",
        "Origin: https://shop.example",
        "Referer: https://shop.example/"
      })
  void saysNothingWhereTlsEndsBeforeTheContainer(String line) throws Exception {
    start(builder -> builder, context -> {});

    assertThat(get("/put", "shop.example", line)).contains("Set-Cookie: __Host-session=");

    assertThat(events).isEmpty();
  }

  @Test
  void saysNothingOfPlainHttpInDevelopment() throws Exception {
    start(SessionsBuilder::forPlainHttpDevelopment, context -> {});

    assertThat(get("/put", "shop.example")).contains("Set-Cookie: session=");

    assertThat(events).isEmpty();
  }

  private static void addAsking(Context context) {
    Filter asking =
        (request, response, chain) -> {
          ((HttpServletRequest) request).getSession();
          chain.doFilter(request, response);
        };
    FilterDef filter = new FilterDef();
    filter.setFilterName("asking");
    filter.setFilter(asking);
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("asking");
    map.addURLPattern("/*");
    context.addFilterMap(map);
  }

  @Test
  void warnsOnceOfAFilterBeforeThatAsksForASession() throws Exception {
    start(builder -> builder, SetupChecksTest::addAsking);

    assertThat(get("/put", "localhost")).contains("JSESSIONID=", "__Host-session=");
    get("/read", "localhost");

    assertThat(events).hasSize(1);
    assertThat(events.get(0).message()).contains("map the session filter before it");
  }

  @Test
  void saysNothingOfThatFilterBehindTheSessionFilter() throws Exception {
    start(
        builder -> builder,
        context ->
            context.addLifecycleListener(
                event -> {
                  if (event.getType().equals(Lifecycle.BEFORE_START_EVENT)) {
                    addAsking(context);
                  }
                }));

    assertThat(get("/put", "localhost")).contains("__Host-session=").doesNotContain("JSESSIONID");

    assertThat(events).isEmpty();
  }

  private static void tell(Context context, int maxAge) {
    context.addServletContainerInitializer(
        (types, servletContext) -> {
          servletContext.setSessionTimeout(60);
          SessionCookieConfig cookie = servletContext.getSessionCookieConfig();
          cookie.setName("SHOP");
          cookie.setPath("/shop");
          cookie.setMaxAge(maxAge);
        },
        Set.of());
  }

  @Test
  void namesWhatTheContainerWasToldAndCodeDoesOtherwise() throws Exception {
    start(
        builder -> builder,
        context -> {
          tell(context, 600);
        });

    assertThat(events).hasSize(1);
    assertThat(events.get(0).message())
        .contains("remember=600s", "cookieName=SHOP", "cookiePath=/shop");
  }

  @Test
  void saysNothingWhereCodeDoesTheSame() throws Exception {
    start(
        builder -> {
          var cookie = CookieOptions.named("SHOP").withPath("/shop");
          return builder
              .cookie(cookie)
              .policy(SessionPolicy.defaults().withIdle(Duration.ofHours(1)));
        },
        context -> {
          tell(context, -1);
        });

    assertThat(events).isEmpty();
  }
}
