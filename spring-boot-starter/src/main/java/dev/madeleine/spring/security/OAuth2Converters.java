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
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

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
                "sp-oidc-user",
                DefaultOidcUser.class,
                users::toPlain,
                plain -> (DefaultOidcUser) users.userFromPlain(plain))
            .comparedByPlainValues(),
        AttributeConverter.of(
                "sp-oauth2-user",
                DefaultOAuth2User.class,
                users::toPlain,
                plain -> (DefaultOAuth2User) users.userFromPlain(plain))
            .comparedByPlainValues(),
        AttributeConverter.of(
                "sp-oauth2-request",
                OAuth2AuthorizationRequest.class,
                AuthorizationRequests::toPlain,
                AuthorizationRequests::fromPlain)
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

  private Map<String, Object> client(OAuth2AuthorizedClient client) {
    OAuth2AccessToken access = client.getAccessToken();
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "client", client.getClientRegistration().getRegistrationId());
    put(plain, "user", client.getPrincipalName());
    put(plain, "access", access.getTokenValue());
    put(plain, "issued", seconds(access.getIssuedAt()));
    put(plain, "expires", seconds(access.getExpiresAt()));
    put(plain, "scopes", new ArrayList<>(access.getScopes()));
    OAuth2RefreshToken refresh = client.getRefreshToken();
    if (refresh != null) {
      plain.put(
          "refresh",
          Arrays.<@Nullable Object>asList(
              refresh.getTokenValue(),
              seconds(refresh.getIssuedAt()),
              seconds(refresh.getExpiresAt())));
    }
    return plain;
  }

  /** A time in whole seconds, as providers tell it. */
  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  private static @Nullable Instant time(@Nullable Object seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(((Number) seconds).longValue());
  }

  @SuppressWarnings("unchecked") // Scopes of another class make the token's constructor throw.
  private OAuth2AuthorizedClient client(Map<String, Object> plain) {
    OAuth2AccessToken access =
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            (String) required(plain, "access"),
            time(plain.get("issued")),
            time(plain.get("expires")),
            new LinkedHashSet<>((List<String>) required(plain, "scopes")));
    OAuth2RefreshToken refresh = null;
    if (plain.get("refresh") instanceof List<?> token) {
      refresh =
          new OAuth2RefreshToken((String) token.get(0), time(token.get(1)), time(token.get(2)));
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
