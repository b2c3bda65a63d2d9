package dev.madeleine.spring.security;

import dev.madeleine.Revocation;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.server.session.ReactiveOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What {@link RevokingOidcSessions} is, for WebFlux. */
final class RevokingReactiveOidcSessions implements ReactiveOidcSessionRegistry {
  private final Revocation revocation;

  RevokingReactiveOidcSessions(Revocation revocation) {
    this.revocation = revocation;
  }

  /** Nothing: the session itself knows. */
  @Override
  public Mono<Void> saveSessionInformation(OidcSessionInformation info) {
    return Mono.empty();
  }

  /** Nothing: the session ends by itself. */
  @Override
  public Mono<OidcSessionInformation> removeSessionInformation(String clientSessionId) {
    return Mono.empty();
  }

  /**
   * Ends the session that the token names, or all of its user, on a thread that may wait for an
   * engine. Yields none, to post nothing.
   */
  @Override
  public Flux<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
    return Mono.fromRunnable(() -> RevokingOidcSessions.end(revocation, token))
        .subscribeOn(Schedulers.boundedElastic())
        .thenMany(Flux.empty());
  }
}
