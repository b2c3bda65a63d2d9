package dev.madeleine.spring.security;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
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

  /** The key of the logins that a logout token ends: the session that it names, or its user. */
  static @Nullable String of(OidcLogoutToken token) {
    String session = session(token.getIssuer(), token.getSessionId());
    return session == null ? subject(token.getIssuer(), token.getSubject()) : session;
  }

  private static @Nullable String session(URL issuer, @Nullable String session) {
    return session == null ? null : "oidc:sid:" + issuer + "#" + session;
  }

  private static @Nullable String subject(URL issuer, @Nullable String subject) {
    return subject == null ? null : "oidc:sub:" + issuer + "#" + subject;
  }
}
