package dev.madeleine.spring.security;

import dev.madeleine.Revocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;

/**
 * Back-channel logout without a list of sessions: each login seals the words of {@link OidcKeys},
 * and a logout token revokes them. Nothing is posted to the application itself.
 */
final class RevokingOidcSessions implements OidcSessionRegistry {
  private final Revocation revocation;

  RevokingOidcSessions(Revocation revocation) {
    this.revocation = revocation;
  }

  /** Nothing: the session itself knows. */
  @Override
  public void saveSessionInformation(OidcSessionInformation info) {}

  /** Nothing: the session ends by itself. */
  @Override
  public @Nullable OidcSessionInformation removeSessionInformation(String clientSessionId) {
    return null;
  }

  /** Ends the session that the token names, or all of its user. Returns none, to post nothing. */
  @Override
  public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
    end(revocation, token);
    return List.of();
  }

  /** Ends the session that a token names, or all of its user, if it names one. */
  static void end(Revocation revocation, OidcLogoutToken token) {
    String key = OidcKeys.of(token);
    if (key != null) {
      revocation.revokeKey(key);
    }
  }
}
