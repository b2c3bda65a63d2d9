package dev.madeleine.spring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * A provider of OpenID Connect: Spring Authorization Server. What that cannot do is beside it: a
 * page with a profile for plain OAuth 2.0, and logout tokens signed with its key.
 */
final class Provider implements AutoCloseable {
  /** The secret of the client, which nobody else may see. */
  static final String SECRET = "the-secret-of-the-desk";

  private final String issuer;
  private final ConfigurableApplicationContext server;
  private final HttpServer profiles;

  /** The provider, without any sessions of ours. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Server {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername("marcel").password("{noop}cake").roles("READER").build());
    }

    /** Claims of several kinds in the ID token. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
      return token ->
          token
              .getClaims()
              .claim("preferred_username", "m.proust")
              .claim("address", Map.of("locality", "Combray"))
              .claim("groups", List.of("readers", "writers"));
    }
  }

  private Provider(int port) throws IOException {
    issuer = "http://127.0.0.1:" + port;
    profiles = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    profiles.createContext(
        "/profile",
        exchange -> {
          byte[] body =
              "{\"login\":\"marcel\",\"id\":7,\"plan\":{\"name\":\"free\"},\"hireable\":null}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    profiles.start();
    String client = "--spring.security.oauth2.authorizationserver.client.desk.";
    String registration = client + "registration.";
    server =
        SpringApplication.run(
            Server.class,
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--spring.main.banner-mode=off",
            "--logging.level.root=warn",
            "--spring.autoconfigure.exclude=dev.madeleine.spring.MadeleineAutoConfiguration",
            "--spring.security.oauth2.authorizationserver.issuer=" + issuer,
            client + "require-proof-key=true",
            registration + "client-id=desk",
            registration + "client-secret={noop}" + SECRET,
            registration + "client-authentication-methods=client_secret_basic",
            registration + "authorization-grant-types=authorization_code,refresh_token",
            registration
                + "redirect-uris=http://shop.example/login/oauth2/code/desk,"
                + "http://shop.example/login/oauth2/code/plain",
            registration + "post-logout-redirect-uris=http://shop.example/public/bye",
            registration + "scopes=openid,profile");
  }

  static Provider start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    return new Provider(port);
  }

  /** What an application needs to know: the clients desk, of OpenID, and plain, of OAuth 2.0. */
  String[] properties(String... more) {
    String client = "--spring.security.oauth2.client.";
    List<String> properties =
        new ArrayList<>(
            List.of(
                client + "provider.desk.issuer-uri=" + issuer,
                client + "provider.desk.user-name-attribute=preferred_username",
                client + "provider.plain.authorization-uri=" + issuer + "/oauth2/authorize",
                client + "provider.plain.token-uri=" + issuer + "/oauth2/token",
                client
                    + "provider.plain.user-info-uri=http://127.0.0.1:"
                    + profiles.getAddress().getPort()
                    + "/profile",
                client + "provider.plain.user-name-attribute=login"));
    for (String id : List.of("desk", "plain")) {
      String registration = client + "registration." + id + ".";
      properties.add(registration + "client-id=desk");
      properties.add(registration + "client-secret=" + SECRET);
      properties.add(registration + "authorization-grant-type=authorization_code");
      properties.add(registration + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}");
      properties.add(registration + "scope=" + (id.equals("desk") ? "openid,profile" : "profile"));
    }
    properties.addAll(List.of(more));
    return properties.toArray(String[]::new);
  }

  String issuer() {
    return issuer;
  }

  /** A user's browser at the provider's pages. */
  Browser browser() {
    return new Browser(List.of(Integer.parseInt(issuer.substring(issuer.lastIndexOf(':') + 1))));
  }

  /**
   * Logs a user in and agrees, if asked.
   *
   * @param request the redirect of the application
   * @return the redirect to the application
   */
  static HttpResponse<String> answer(Browser here, HttpResponse<String> request) throws Exception {
    HttpResponse<String> response = here.follow(request);
    if (Browser.location(response).equals("/login")) {
      HttpResponse<String> page = here.follow(response);
      response =
          here.follow(
              here.postWithoutToken(
                  "/login",
                  Map.of("username", "marcel", "password", "cake", "_csrf", Browser.token(page))));
    }
    return response;
  }

  /** A logout token of one login, or of all of a user, as a provider posts it. */
  String logoutToken(String subject, String session) {
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuer(issuer)
            .audience(List.of("desk"))
            .issuedAt(Instant.now())
            .id(UUID.randomUUID().toString())
            .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    if (subject != null) {
      claims.subject(subject);
    }
    if (session != null) {
      claims.claim("sid", session);
    }
    @SuppressWarnings("unchecked") // Its only kind.
    JWKSource<SecurityContext> keys = server.getBean(JWKSource.class);
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build();
    return new NimbusJwtEncoder(keys)
        .encode(JwtEncoderParameters.from(header, claims.build()))
        .getTokenValue();
  }

  @Override
  public void close() {
    profiles.stop(0);
    server.close();
  }
}
