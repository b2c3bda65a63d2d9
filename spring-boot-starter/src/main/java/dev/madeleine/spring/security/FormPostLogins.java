package dev.madeleine.spring.security;

import dev.madeleine.Attribute;
import dev.madeleine.AttributeConverter;
import dev.madeleine.CookieOptions;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SealedValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2ClientConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;

/**
 * Logins at providers that answer by a form ({@code response_mode=form_post}). Their answer is a
 * POST from another site, with which a browser does not send the cookie of the session. So what the
 * answer needs travels in an encrypted cookie of its own with {@code SameSite=None}: the
 * authorization request, and the request that the user made before.
 */
final class FormPostLogins
    implements AuthorizationRequestRepository<OAuth2AuthorizationRequest>, FilterChainPart {
  /** The name of the cookie. */
  static final String COOKIE = "__Host-login";

  /** How long a user may take at the provider. */
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  /** The attribute of Spring Security's HttpSessionRequestCache. */
  private static final String SAVED_REQUEST = "SPRING_SECURITY_SAVED_REQUEST";

  private static final AttributeConverter<Login> CONVERTER =
      AttributeConverter.of("sp-login", Login.class, Login::toPlain, Login::fromPlain)
          .comparedByPlainValues();

  private final SealedValue<Login> cookie;

  /**
   * Logins of an application.
   *
   * @param audience the application, where several share the keys; or empty
   */
  FormPostLogins(Supplier<KeyRing> keys, String audience, InstantSource clock) {
    cookie =
        SealedValue.of(
            Attribute.of("login", CONVERTER),
            NativeEncoder.encrypted(keys, "login").withAudience(audience),
            CookieOptions.named(COOKIE).withSameSite(CookieOptions.SameSite.NONE),
            LIFETIME,
            clock);
  }

  /** What a user has begun. */
  private record Login(OAuth2AuthorizationRequest request, @Nullable DefaultSavedRequest saved) {
    static List<@Nullable Object> toPlain(Login login) {
      return Arrays.<@Nullable Object>asList(
          AuthorizationRequests.toPlain(login.request),
          login.saved == null ? null : SavedRequests.toPlain(login.saved));
    }

    @SuppressWarnings("unchecked") // Written by toPlain, and sealed.
    static Login fromPlain(List<@Nullable Object> plain) {
      Object request = Objects.requireNonNull(plain.get(0), "request");
      Object saved = plain.get(1);
      return new Login(
          AuthorizationRequests.fromPlain((Map<String, Object>) request),
          saved == null ? null : SavedRequests.fromPlain((List<@Nullable Object>) saved));
    }
  }

  /** Lets the logins of a chain use the cookie, and their answers pass without a CSRF token. */
  @Override
  @SuppressWarnings("unchecked") // The configurers of this builder.
  public void applyTo(HttpSecurity http) {
    OAuth2LoginConfigurer<HttpSecurity> login = http.getConfigurer(OAuth2LoginConfigurer.class);
    if (login != null) {
      login.authorizationEndpoint(endpoint -> endpoint.authorizationRequestRepository(this));
    }
    OAuth2ClientConfigurer<HttpSecurity> client = http.getConfigurer(OAuth2ClientConfigurer.class);
    if (client != null) {
      client.authorizationCodeGrant(grant -> grant.authorizationRequestRepository(this));
    }
    CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
    if (csrf != null && (login != null || client != null)) {
      csrf.ignoringRequestMatchers(this::isAnswer);
    }
  }

  /**
   * Whether a request answers the authorization request that this browser has begun: its state,
   * which nobody else knows, is a CSRF token.
   */
  private boolean isAnswer(HttpServletRequest request) {
    OAuth2AuthorizationRequest begun =
        "POST".equals(request.getMethod()) ? loadAuthorizationRequest(request) : null;
    return begun != null
        && URI.create(begun.getRedirectUri()).getPath().endsWith(request.getRequestURI());
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    Login login = begun(request);
    return login == null ? null : login.request;
  }

  /** What the request answers, by its state; or null. */
  private @Nullable Login begun(HttpServletRequest request) {
    String state = request.getParameter(OAuth2ParameterNames.STATE);
    if (state == null) {
      return null;
    }
    Login login = cookie.read(name -> Collections.list(request.getHeaders(name))).value();
    return login != null && state.equals(login.request.getState()) ? login : null;
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest begun,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (begun == null) {
      send(cookie.expire(), response);
      return;
    }
    HttpSession session = request.getSession(false);
    DefaultSavedRequest saved =
        session != null && session.getAttribute(SAVED_REQUEST) instanceof DefaultSavedRequest before
            ? before
            : null;
    send(cookie.write(new Login(begun, saved)), response);
  }

  /** Puts the request that the user made before into the session, unless it has come itself. */
  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    Login login = begun(request);
    if (login == null) {
      return null;
    }
    send(cookie.expire(), response);
    if (login.saved != null && request.getSession().getAttribute(SAVED_REQUEST) == null) {
      request.getSession().setAttribute(SAVED_REQUEST, login.saved);
    }
    return login.request;
  }

  private static void send(List<HttpHeader> headers, HttpServletResponse response) {
    for (HttpHeader header : headers) {
      if (header.name().equals("Set-Cookie")) {
        response.addHeader(header.name(), header.value());
      } else {
        response.setHeader(header.name(), header.value());
      }
    }
  }
}
