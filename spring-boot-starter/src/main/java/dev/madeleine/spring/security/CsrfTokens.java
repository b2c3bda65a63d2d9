package dev.madeleine.spring.security;

import java.util.List;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** A CSRF token as its text, with the names of header and parameter where they are unusual. */
final class CsrfTokens {
  private static final String HEADER = "X-CSRF-TOKEN";
  private static final String PARAMETER = "_csrf";

  private CsrfTokens() {}

  static Object toPlain(DefaultCsrfToken token) {
    boolean usual =
        token.getHeaderName().equals(HEADER) && token.getParameterName().equals(PARAMETER);
    return usual
        ? token.getToken()
        : List.of(token.getToken(), token.getHeaderName(), token.getParameterName());
  }

  static DefaultCsrfToken fromPlain(Object plain) {
    return plain instanceof List<?> list
        ? new DefaultCsrfToken((String) list.get(1), (String) list.get(2), (String) list.get(0))
        : new DefaultCsrfToken(HEADER, PARAMETER, (String) plain);
  }
}
