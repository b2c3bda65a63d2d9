package dev.madeleine.spring.security;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** The claims of an ID token of which the session does not hold the token itself. */
final class IdTokenNotKept extends OidcIdToken {
  private static final long serialVersionUID = 1;

  /** Its place; it must not be empty. */
  private static final String PLACE = "not-kept";

  IdTokenNotKept(@Nullable Instant issued, @Nullable Instant expires, Map<String, Object> claims) {
    super(PLACE, issued, expires, claims);
  }

  /**
   * Always throws: there is no token to send to anybody.
   *
   * @throws IllegalStateException always
   */
  @Override
  public String getTokenValue() {
    throw new IllegalStateException(
        "the session holds the claims of the ID token, but not the token itself;"
            + " set madeleine.security.keep-id-token=true");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdTokenNotKept token && token.getClaims().equals(getClaims());
  }

  @Override
  public int hashCode() {
    return getClaims().hashCode();
  }
}
