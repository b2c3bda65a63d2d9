package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;

/**
 * What Spring Security puts into a session, as plain values under words of ours. Left behind are
 * credentials and details (the address and former session id of the login).
 */
final class SecurityConverters {
  private final Principals principals;

  SecurityConverters(Principals principals) {
    this.principals = principals;
  }

  /** Those of a servlet application. */
  List<AttributeConverter<?>> servlet() {
    List<AttributeConverter<?>> all = shared();
    all.add(CsrfTokens.servlet());
    all.add(
        AttributeConverter.of(
            "sp-request",
            DefaultSavedRequest.class,
            SavedRequests::toPlain,
            SavedRequests::fromPlain));
    return all;
  }

  /** Those of a reactive application, which saves a request as its path. */
  List<AttributeConverter<?>> reactive() {
    List<AttributeConverter<?>> all = shared();
    all.add(CsrfTokens.reactive());
    return all;
  }

  private List<AttributeConverter<?>> shared() {
    List<AttributeConverter<?>> all = new ArrayList<>();
    all.add(
        AttributeConverter.of(
                "sp-context",
                SecurityContextImpl.class,
                this::context,
                plain -> new SecurityContextImpl(authentication(plain)))
            .comparedByPlainValues());
    all.add(
        AttributeConverter.of(
                "sp-user",
                UsernamePasswordAuthenticationToken.class,
                this::toPlain,
                plain -> userToken((List<?>) plain))
            .comparedByPlainValues());
    all.add(
        AttributeConverter.of(
                "sp-remembered",
                RememberMeAuthenticationToken.class,
                this::toPlain,
                plain -> rememberedToken((List<?>) plain))
            .comparedByPlainValues());
    all.add(
        AttributeConverter.of(
                "sp-preauth",
                PreAuthenticatedAuthenticationToken.class,
                this::toPlain,
                plain -> preAuthenticatedToken((List<?>) plain))
            .comparedByPlainValues());
    all.add(
        AttributeConverter.of(
                "sp-switched",
                SwitchUserGrantedAuthority.class,
                authority -> List.of(authority.getAuthority(), authority.getSource()),
                plain ->
                    new SwitchUserGrantedAuthority(
                        (String) plain.get(0), (Authentication) plain.get(1)))
            .comparedByPlainValues());
    all.add(
        AttributeConverter.of(
                "sp-failure", AuthenticationException.class, Failures::toPlain, Failures::fromPlain)
            .withSubclasses()
            .comparedByPlainValues());
    return all;
  }

  /** The authentication; of the usual kind its plain value at once, which is shorter. */
  private Object context(SecurityContextImpl context) {
    Authentication authentication = context.getAuthentication();
    if (authentication == null) {
      throw new IllegalArgumentException("a security context without an authentication");
    }
    return isUsual(authentication) ? toPlain(authentication) : authentication;
  }

  private Authentication authentication(Object plain) {
    return plain instanceof List<?> usual ? userToken(usual) : (Authentication) plain;
  }

  private static boolean isUsual(Authentication authentication) {
    return authentication.getClass() == UsernamePasswordAuthenticationToken.class;
  }

  /** The principal, then the authorities. */
  private List<Object> toPlain(Authentication token) {
    if (!token.isAuthenticated()) {
      throw new IllegalArgumentException("a token that is not authenticated");
    }
    Object principal = token.getPrincipal();
    return List.of(
        principals.toPlain(principal == null ? "" : principal),
        Authorities.toPlain(token.getAuthorities()));
  }

  private UsernamePasswordAuthenticationToken userToken(List<?> plain) {
    Token token = token(plain);
    return UsernamePasswordAuthenticationToken.authenticated(
        token.principal, null, token.authorities);
  }

  private RememberMeAuthenticationToken rememberedToken(List<?> plain) {
    Token token = token(plain);
    return new RememberMeAuthenticationToken("session", token.principal, token.authorities);
  }

  private PreAuthenticatedAuthenticationToken preAuthenticatedToken(List<?> plain) {
    Token token = token(plain);
    return new PreAuthenticatedAuthenticationToken(token.principal, null, token.authorities);
  }

  private record Token(Object principal, Collection<? extends GrantedAuthority> authorities) {}

  private Token token(List<?> plain) {
    List<GrantedAuthority> ofLogin = Authorities.fromPlain((List<?>) plain.get(1));
    Object principal = principals.fromPlain(plain.get(0), ofLogin);
    return new Token(principal, principals.authorities(principal, ofLogin));
  }
}
