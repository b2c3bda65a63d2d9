package dev.madeleine.spring.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

/**
 * Why a login failed, for the page behind the redirect: a word for the class and the message. A
 * class that is not in the list comes back as the nearest one that is.
 */
final class Failures {
  private static final String OTHER = "other";

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  /** A failure and how it is made of its message. */
  private record Kind(
      Class<? extends AuthenticationException> type,
      Function<String, AuthenticationException> make) {}

  static {
    // Subclasses before their superclasses.
    add("bad-credentials", BadCredentialsException.class, BadCredentialsException::new);
    add("no-user", UsernameNotFoundException.class, UsernameNotFoundException::new);
    add("locked", LockedException.class, LockedException::new);
    add("disabled", DisabledException.class, DisabledException::new);
    add("account-expired", AccountExpiredException.class, AccountExpiredException::new);
    add("credentials-expired", CredentialsExpiredException.class, CredentialsExpiredException::new);
    add("session", SessionAuthenticationException.class, SessionAuthenticationException::new);
    add(
        "insufficient",
        InsufficientAuthenticationException.class,
        InsufficientAuthenticationException::new);
    add("no-provider", ProviderNotFoundException.class, ProviderNotFoundException::new);
    add(
        "internal",
        InternalAuthenticationServiceException.class,
        InternalAuthenticationServiceException::new);
    add("service", AuthenticationServiceException.class, AuthenticationServiceException::new);
    add(OTHER, AuthenticationException.class, OtherFailure::new);
  }

  private Failures() {}

  private static <T extends AuthenticationException> void add(
      String word, Class<T> type, Function<String, ? extends T> make) {
    KINDS.put(word, new Kind(type, make::apply));
  }

  /** A failure whose class has no word. */
  private static final class OtherFailure extends AuthenticationException {
    private static final long serialVersionUID = 1;

    OtherFailure(@Nullable String message) {
      super(message);
    }
  }

  static List<String> toPlain(AuthenticationException failure) {
    String message = failure.getMessage();
    return List.of(word(failure), message == null ? "" : message);
  }

  private static String word(AuthenticationException failure) {
    for (Map.Entry<String, Kind> kind : KINDS.entrySet()) {
      if (kind.getValue().type.isInstance(failure)) {
        return kind.getKey();
      }
    }
    throw new AssertionError("every failure is of the last kind");
  }

  static AuthenticationException fromPlain(List<String> plain) {
    Kind kind = KINDS.get(plain.get(0));
    return (kind == null ? new Kind(AuthenticationException.class, OtherFailure::new) : kind)
        .make.apply(plain.get(1));
  }
}
