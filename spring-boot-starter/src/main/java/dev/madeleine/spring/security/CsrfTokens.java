package dev.madeleine.spring.security;

import dev.madeleine.AttributeConverter;
import java.util.List;

/**
 * A CSRF token as its text, with the names of header and parameter where they are unusual. Servlet
 * and reactive applications have a class each, and the same form of it.
 */
final class CsrfTokens {
  private static final String WORD = "sp-csrf";
  private static final String HEADER = "X-CSRF-TOKEN";
  private static final String PARAMETER = "_csrf";

  private CsrfTokens() {}

  /** The converter of a servlet application. */
  static AttributeConverter<org.springframework.security.web.csrf.DefaultCsrfToken> servlet() {
    return AttributeConverter.of(
        WORD,
        org.springframework.security.web.csrf.DefaultCsrfToken.class,
        token -> toPlain(token.getHeaderName(), token.getParameterName(), token.getToken()),
        plain -> fromPlain(plain, org.springframework.security.web.csrf.DefaultCsrfToken::new));
  }

  /** The converter of a reactive application. */
  static AttributeConverter<org.springframework.security.web.server.csrf.DefaultCsrfToken>
      reactive() {
    return AttributeConverter.of(
        WORD,
        org.springframework.security.web.server.csrf.DefaultCsrfToken.class,
        token -> toPlain(token.getHeaderName(), token.getParameterName(), token.getToken()),
        plain ->
            fromPlain(plain, org.springframework.security.web.server.csrf.DefaultCsrfToken::new));
  }

  /** Makes a token. */
  private interface Constructor<T> {
    T of(String header, String parameter, String token);
  }

  private static Object toPlain(String header, String parameter, String token) {
    boolean usual = header.equals(HEADER) && parameter.equals(PARAMETER);
    return usual ? token : List.of(token, header, parameter);
  }

  private static <T> T fromPlain(Object plain, Constructor<T> constructor) {
    return plain instanceof List<?> list
        ? constructor.of((String) list.get(1), (String) list.get(2), (String) list.get(0))
        : constructor.of(HEADER, PARAMETER, (String) plain);
  }
}
