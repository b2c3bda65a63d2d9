package dev.madeleine.spring.security;

import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

/**
 * Who logged in at a provider, as plain values: the claims, once, and not the ID token itself
 * unless it is asked for. A map with
 *
 * <ul>
 *   <li>{@code client}: the registration id, unless it is a user alone,
 *   <li>{@code roles}: the authorities; a map in it stands for the one that repeats the claims,
 *   <li>{@code id} and {@code info}: the claims of the ID token and of the user info, or {@code
 *       user}: the attributes of a user without an ID token, or {@code value}: a user of another
 *       class, which needs a converter,
 *   <li>{@code name}: the claim with the user's name,
 *   <li>{@code token}: the ID token, if asked for.
 * </ul>
 */
final class OAuth2Users {
  private static final String OIDC = "oidc";
  private static final String OAUTH2 = "oauth2";

  private final boolean keepIdToken;

  OAuth2Users(boolean keepIdToken) {
    this.keepIdToken = keepIdToken;
  }

  Map<String, Object> toPlain(OAuth2AuthenticationToken token) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("client", token.getAuthorizedClientRegistrationId());
    plain.putAll(toPlain(token.getPrincipal(), token.getAuthorities()));
    return plain;
  }

  /** A user without a client: behind a login that is only remembered. */
  Map<String, Object> toPlain(OAuth2User user) {
    return toPlain(user, user.getAuthorities());
  }

  private Map<String, Object> toPlain(
      OAuth2User user, Collection<? extends GrantedAuthority> authorities) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("roles", Authorities.toPlain(authorities, OAuth2Users::claimed));
    if (user.getClass() == DefaultOidcUser.class) {
      DefaultOidcUser oidc = (DefaultOidcUser) user;
      plain.put("id", ordinary(oidc.getIdToken().getClaims()));
      if (oidc.getUserInfo() != null) {
        plain.put("info", ordinary(oidc.getUserInfo().getClaims()));
      }
      if (keepIdToken && !(oidc.getIdToken() instanceof IdTokenNotKept)) {
        plain.put("token", oidc.getIdToken().getTokenValue());
      }
      plain.put("name", nameClaim(user));
    } else if (user.getClass() == DefaultOAuth2User.class) {
      plain.put("user", ordinary(user.getAttributes()));
      plain.put("name", nameClaim(user));
    } else {
      plain.put("value", user);
    }
    return plain;
  }

  OAuth2AuthenticationToken fromPlain(Map<String, Object> plain) {
    Claims claims = claimsOf(plain);
    List<GrantedAuthority> authorities = authorities(plain, claims);
    return new OAuth2AuthenticationToken(
        user(plain, claims, authorities), authorities, (String) required(plain, "client"));
  }

  OAuth2User userFromPlain(Map<String, Object> plain) {
    Claims claims = claimsOf(plain);
    return user(plain, claims, authorities(plain, claims));
  }

  /**
   * What a user's authorities repeat; either the ID token or the attributes are there, or none for
   * a user of another class.
   */
  private record Claims(
      @Nullable OidcIdToken idToken,
      @Nullable OidcUserInfo info,
      @Nullable Map<String, Object> attributes,
      @Nullable String name) {}

  private static Claims claimsOf(Map<String, Object> plain) {
    Object id = plain.get("id");
    Object info = plain.get("info");
    Object attributes = plain.get("user");
    return new Claims(
        id == null ? null : idToken(claims(id), plain.get("token")),
        info == null ? null : new OidcUserInfo(claims(info)),
        attributes == null ? null : claims(attributes),
        (String) plain.get("name"));
  }

  private static List<GrantedAuthority> authorities(Map<String, Object> plain, Claims claims) {
    return Authorities.fromPlain(
        (List<?>) required(plain, "roles"), stands -> authority(stands, claims));
  }

  private static OAuth2User user(
      Map<String, Object> plain, Claims claims, List<GrantedAuthority> authorities) {
    if (claims.idToken != null) {
      return new DefaultOidcUser(
          authorities, claims.idToken, claims.info, (String) required(plain, "name"));
    }
    return claims.attributes != null
        ? new DefaultOAuth2User(authorities, claims.attributes, (String) required(plain, "name"))
        : (OAuth2User) required(plain, "value");
  }

  /** What stands for an authority that repeats the claims of its user. */
  private static Object claimed(GrantedAuthority authority) {
    if (authority.getClass() == OidcUserAuthority.class) {
      return Map.of(OIDC, ((OidcUserAuthority) authority).getAuthority());
    }
    if (authority.getClass() == OAuth2UserAuthority.class) {
      return Map.of(OAUTH2, ((OAuth2UserAuthority) authority).getAuthority());
    }
    return Authorities.other(authority);
  }

  private static GrantedAuthority authority(Object stands, Claims claims) {
    if (stands instanceof Map<?, ?> map) {
      if (map.get(OIDC) instanceof String authority && claims.idToken != null) {
        return new OidcUserAuthority(authority, claims.idToken, claims.info, claims.name);
      }
      if (map.get(OAUTH2) instanceof String authority && claims.attributes != null) {
        return new OAuth2UserAuthority(authority, claims.attributes, claims.name);
      }
    }
    return Authorities.other(stands);
  }

  /** The claim that has the user's name; the user knows it, but does not say so. */
  private static String nameClaim(OAuth2User user) {
    for (GrantedAuthority authority : user.getAuthorities()) {
      if (authority instanceof OAuth2UserAuthority claimed
          && claimed.getUserNameAttributeName() != null) {
        return claimed.getUserNameAttributeName();
      }
    }
    if (isName(user, "sub")) {
      return "sub";
    }
    return user.getAttributes().keySet().stream()
        .filter(claim -> isName(user, claim))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no claim has the name of the user"));
  }

  private static boolean isName(OAuth2User user, String claim) {
    Object value = user.getAttributes().get(claim);
    return value != null && value.toString().equals(user.getName());
  }

  private static OidcIdToken idToken(Map<String, Object> claims, @Nullable Object token) {
    Instant issued = (Instant) claims.get("iat");
    Instant expires = (Instant) claims.get("exp");
    return token == null
        ? new IdTokenNotKept(issued, expires, claims)
        : new OidcIdToken((String) token, issued, expires, claims);
  }

  @SuppressWarnings("unchecked") // Names are texts in every session.
  private static Map<String, Object> claims(@Nullable Object plain) {
    return (Map<String, Object>) Objects.requireNonNull(plain, "claims");
  }

  /** Claims in ordinary maps and lists, a URL as its text: claims are converted when asked for. */
  private static Map<String, @Nullable Object> ordinary(Map<String, Object> claims) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    claims.forEach((name, value) -> copy.put(name, ordinary(value)));
    return copy;
  }

  static @Nullable Object ordinary(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((name, element) -> copy.put((String) name, ordinary(element)));
      return copy;
    }
    if (value instanceof Iterable<?> elements) {
      List<@Nullable Object> copy = new ArrayList<>();
      elements.forEach(element -> copy.add(ordinary(element)));
      return copy;
    }
    return value instanceof URL url ? url.toString() : value;
  }

  private static Object required(Map<String, Object> plain, String name) {
    return Objects.requireNonNull(plain.get(name), name);
  }
}
