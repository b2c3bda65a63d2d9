package dev.madeleine.spring.security;

import dev.madeleine.spring.reactive.CookieWebSession;
import dev.madeleine.spring.reactive.WebSessionListener;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import reactor.core.publisher.Mono;

/**
 * Looks up the user of a web session of whom it has the name only, before the application gets the
 * session and without blocking. Who is not there any more is logged out, and so is, of users that
 * are always looked up, who may not log in any more.
 */
final class NamedUsers implements WebSessionListener {
  private static final String CONTEXT =
      WebSessionServerSecurityContextRepository.DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME;

  private final Supplier<ReactiveUserDetailsService> users;
  private final boolean reload;

  /**
   * Users of an application.
   *
   * @param users asked when there is a user to look up
   * @param reload whether roles and locks are those of the user that was found
   */
  NamedUsers(Supplier<ReactiveUserDetailsService> users, boolean reload) {
    this.users = users;
    this.reload = reload;
  }

  @Override
  public Mono<Void> received(CookieWebSession session) {
    if (!(session.getAttributes().get(CONTEXT) instanceof SecurityContext context)) {
      return Mono.empty();
    }
    Authentication token = context.getAuthentication();
    if (token == null || !(token.getPrincipal() instanceof NamedUser named)) {
      return Mono.empty();
    }
    return Mono.defer(() -> users.get().findByUsername(named.name()))
        .onErrorResume(UsernameNotFoundException.class, gone -> Mono.empty())
        .filter(user -> !reload || FreshUsers.mayLogIn(user))
        .map(user -> complete(token, user))
        .doOnNext(found -> session.session().put(CONTEXT, new SecurityContextImpl(found)))
        .switchIfEmpty(Mono.fromRunnable(() -> session.getAttributes().remove(CONTEXT)))
        .then();
  }

  /** The token with the user in the place of the name. */
  private Authentication complete(Authentication token, UserDetails user) {
    Collection<? extends GrantedAuthority> authorities =
        reload ? FreshUsers.authorities(user, token.getAuthorities()) : token.getAuthorities();
    if (token instanceof RememberMeAuthenticationToken) {
      return new RememberMeAuthenticationToken("session", user, authorities);
    }
    if (token instanceof PreAuthenticatedAuthenticationToken) {
      return new PreAuthenticatedAuthenticationToken(user, null, authorities);
    }
    return UsernamePasswordAuthenticationToken.authenticated(user, null, authorities);
  }
}
