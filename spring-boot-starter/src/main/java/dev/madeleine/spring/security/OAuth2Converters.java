package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** What OAuth 2.0 login puts into a session; never the secret of a client. */
final class OAuth2Converters {
  private final OAuth2Users users;
  private final Function<String, ClientRegistration> registrations;

  /**
   * Converters of an application.
   *
   * @param registrations finds a client by its registration id; throws if there is none
   */
  OAuth2Converters(OAuth2Users users, Function<String, ClientRegistration> registrations) {
    this.users = users;
    this.registrations = registrations;
  }

  List<AttributeConverter<?>> all() {
    return List.of(
        AttributeConverter.of(
                "sp-oauth2", OAuth2AuthenticationToken.class, users::toPlain, users::fromPlain)
            .comparedByPlainValues(),
        AttributeConverter.of(
                "sp-oauth2-request",
                OAuth2AuthorizationRequest.class,
                OAuth2Converters::request,
                OAuth2Converters::request)
            .comparedByPlainValues(),
        AttributeConverter.of(
                "sp-oauth2-client", OAuth2AuthorizedClient.class, this::client, this::client)
            .comparedByPlainValues(),
        AttributeConverter.of(
                "sp-oauth2-failure",
                OAuth2AuthenticationException.class,
                OAuth2Converters::failure,
                OAuth2Converters::failure)
            .withSubclasses()
            .comparedByPlainValues());
  }

  private static Map<String, Object> request(OAuth2AuthorizationRequest request) {
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "uri", request.getAuthorizationUri());
    put(plain, "client", request.getClientId());
    put(plain, "redirect", request.getRedirectUri());
    put(plain, "scopes", new ArrayList<>(request.getScopes()));
    put(plain, "state", request.getState());
    put(plain, "params", OAuth2Users.ordinary(request.getAdditionalParameters()));
    put(plain, "attributes", OAuth2Users.ordinary(request.getAttributes()));
    put(plain, "request", request.getAuthorizationRequestUri());
    return plain;
  }

  @SuppressWarnings("unchecked") // Of a wrong value the builder makes nothing, or throws.
  private static OAuth2AuthorizationRequest request(Map<String, Object> plain) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri((String) plain.get("uri"))
        .clientId((String) plain.get("client"))
        .redirectUri((String) plain.get("redirect"))
        .scopes(new LinkedHashSet<>((List<String>) required(plain, "scopes")))
        .state((String) plain.get("state"))
        .additionalParameters((Map<String, Object>) required(plain, "params"))
        .attributes(
            attributes -> attributes.putAll((Map<String, Object>) required(plain, "attributes")))
        .authorizationRequestUri((String) required(plain, "request"))
        .build();
  }

  private Map<String, Object> client(OAuth2AuthorizedClient client) {
    OAuth2AccessToken access = client.getAccessToken();
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "client", client.getClientRegistration().getRegistrationId());
    put(plain, "user", client.getPrincipalName());
    put(plain, "access", access.getTokenValue());
    put(plain, "issued", access.getIssuedAt());
    put(plain, "expires", access.getExpiresAt());
    put(plain, "scopes", new ArrayList<>(access.getScopes()));
    OAuth2RefreshToken refresh = client.getRefreshToken();
    if (refresh != null) {
      plain.put(
          "refresh",
          Arrays.<@Nullable Object>asList(
              refresh.getTokenValue(), refresh.getIssuedAt(), refresh.getExpiresAt()));
    }
    return plain;
  }

  @SuppressWarnings("unchecked") // Scopes of another class make the token's constructor throw.
  private OAuth2AuthorizedClient client(Map<String, Object> plain) {
    OAuth2AccessToken access =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            (String) required(plain, "access"),
            (Instant) plain.get("issued"),
            (Instant) plain.get("expires"),
            Set.copyOf((List<String>) required(plain, "scopes")));
    OAuth2RefreshToken refresh = null;
    if (plain.get("refresh") instanceof List<?> token) {
      refresh =
          new OAuth2RefreshToken(
              (String) token.get(0), (Instant) token.get(1), (Instant) token.get(2));
    }
    return new OAuth2AuthorizedClient(
        registrations.apply((String) required(plain, "client")),
        (String) required(plain, "user"),
        access,
        refresh);
  }

  private static List<@Nullable String> failure(OAuth2AuthenticationException failure) {
    OAuth2Error error = failure.getError();
    return Arrays.<@Nullable String>asList(
        error.getErrorCode(), error.getDescription(), failure.getMessage());
  }

  private static OAuth2AuthenticationException failure(List<@Nullable String> plain) {
    String code = Objects.requireNonNull(plain.get(0), "error code");
    return new OAuth2AuthenticationException(
        new OAuth2Error(code, plain.get(1), null), plain.get(2));
  }

  private static void put(Map<String, Object> plain, String name, @Nullable Object value) {
    if (value != null) {
      plain.put(name, value);
    }
  }

  private static Object required(Map<String, Object> plain, String name) {
    return Objects.requireNonNull(plain.get(name), name);
  }
}
