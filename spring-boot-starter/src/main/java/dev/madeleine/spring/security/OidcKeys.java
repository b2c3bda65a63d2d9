package dev.madeleine.spring.security;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** What names a login at an OpenID provider in its logout tokens: issuer and session, or user. */
final class OidcKeys implements LoginKeys {
  @Override
  public String[] of(Authentication user) {
    List<String> keys = new ArrayList<>();
    if (user.getPrincipal() instanceof OidcUser oidc && oidc.getIssuer() != null) {
      add(keys, session(oidc.getIssuer(), oidc.getClaimAsString("sid")));
      add(keys, subject(oidc.getIssuer(), oidc.getSubject()));
    }
    return keys.toArray(String[]::new);
  }

  private static void add(List<String> keys, @Nullable String key) {
    if (key != null) {
      keys.add(key);
    }
  }

  static @Nullable String session(URL issuer, @Nullable String session) {
    return session == null ? null : "oidc:sid:" + issuer + "#" + session;
  }

  static @Nullable String subject(URL issuer, @Nullable String subject) {
    return subject == null ? null : "oidc:sub:" + issuer + "#" + subject;
  }
}
