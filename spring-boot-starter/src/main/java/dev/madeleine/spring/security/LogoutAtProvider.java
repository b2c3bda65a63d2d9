package dev.madeleine.spring.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;

/** Refuses logout at an OpenID provider in an application whose sessions lack its ID token. */
final class LogoutAtProvider implements FilterChainPart {
  private final boolean keepIdToken;

  LogoutAtProvider(boolean keepIdToken) {
    this.keepIdToken = keepIdToken;
  }

  @Override
  @SuppressWarnings("unchecked") // The configurer of this builder.
  public void applyTo(HttpSecurity http) {
    LogoutConfigurer<HttpSecurity> logout = http.getConfigurer(LogoutConfigurer.class);
    if (!keepIdToken
        && logout != null
        && logout.getLogoutSuccessHandler() instanceof OidcClientInitiatedLogoutSuccessHandler) {
      throw new SettingException(
          "logout at the provider sends the ID token as a hint, but sessions do not hold it",
          "Set madeleine.security.keep-id-token=true, and madeleine.chunked=true if the session"
              + " becomes too large for one cookie.");
    }
  }
}
