package dev.madeleine.spring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
 * The server of a {@link Provider}: Spring Authorization Server. What that cannot do is on a port
 * of its own: a page with a profile for plain OAuth 2.0, and logout tokens signed with its key.
 */
final class ProviderServer implements AutoCloseable {
  private final String issuer;
  private final ConfigurableApplicationContext server;
  private final HttpServer beside;

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

  ProviderServer(int port, int besidePort) throws IOException {
    issuer = "http://127.0.0.1:" + port;
    String client = "--spring.security.oauth2.authorizationserver.client.desk.";
    String registration = client + "registration.";
    server =
        SpringApplication.run(
            Server.class,
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--spring.main.banner-mode=off",
            "--spring.main.web-application-type=servlet",
            "--logging.level.root=warn",
            "--spring.autoconfigure.exclude=dev.madeleine.spring.MadeleineAutoConfiguration",
            "--spring.security.oauth2.authorizationserver.issuer=" + issuer,
            client + "require-proof-key=true",
            registration + "client-id=desk",
            registration + "client-secret={noop}" + Provider.SECRET,
            registration + "client-authentication-methods=client_secret_basic",
            registration + "authorization-grant-types=authorization_code,refresh_token",
            registration
                + "redirect-uris=http://shop.example/login/oauth2/code/desk,"
                + "http://shop.example/login/oauth2/code/plain",
            registration + "post-logout-redirect-uris=http://shop.example/public/bye",
            registration + "scopes=openid,profile");
    beside =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), besidePort), 0);
    beside.createContext(
        "/profile",
        exchange ->
            answer(
                exchange,
                "{\"login\":\"marcel\",\"id\":7,\"plan\":{\"name\":\"free\"},\"hireable\":null}"));
    beside.createContext(
        "/logout-token/", exchange -> answer(exchange, logoutToken(exchange.getRequestURI().getPath())));
    beside.start();
  }

  /**
   * A provider in a process of its own, which ends with its standard input.
   *
   * @param arguments the two ports
   */
  public static void main(String[] arguments) throws IOException {
    try (ProviderServer provider =
        new ProviderServer(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
      System.out.println(provider.issuer);
      System.in.transferTo(System.out);
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** A token for {@code /logout-token/sid/…} or {@code /logout-token/sub/…}. */
  private String logoutToken(String path) {
    String[] parts = path.split("/", 4);
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(issuer)
            .audience(List.of("desk"))
            .issuedAt(Instant.now())
            .id(UUID.randomUUID().toString())
            .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
            .claim(parts[2], parts[3])
            .build();
    @SuppressWarnings("unchecked") // Its only kind.
    JWKSource<SecurityContext> keys = server.getBean(JWKSource.class);
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build();
    return new NimbusJwtEncoder(keys)
        .encode(JwtEncoderParameters.from(header, claims))
        .getTokenValue();
  }

  @Override
  public void close() {
    beside.stop(0);
    server.close();
  }
}
