package dev.madeleine.spring.security;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.util.ReflectionUtils;

/**
 * What a user is sent to a provider with, as plain values: its parameters and attributes. Its whole
 * URI is there only if that is not what the parameters make.
 */
final class AuthorizationRequests {
  private static final Setter URI = new Setter("authorizationUri", String.class);
  private static final Setter CLIENT = new Setter("clientId", String.class);
  private static final Setter REDIRECT = new Setter("redirectUri", String.class);
  private static final Setter SCOPES = new Setter("scopes", Set.class);
  private static final Setter STATE = new Setter("state", String.class);
  private static final Setter PARAMETERS = new Setter("additionalParameters", Map.class);
  private static final Setter ATTRIBUTES = new Setter("attributes", Consumer.class);
  private static final Setter WHOLE = new Setter("authorizationRequestUri", String.class);

  private AuthorizationRequests() {}

  /**
   * A method of the builder, found at run time: what it returns is of another class in each
   * generation of Spring Security, so no call that is compiled against one links with the other.
   */
  private record Setter(Method method) {
    Setter(String name, Class<?> type) {
      this(
          Objects.requireNonNull(
              ReflectionUtils.findMethod(OAuth2AuthorizationRequest.Builder.class, name, type),
              name));
    }

    void set(OAuth2AuthorizationRequest.Builder request, @Nullable Object value) {
      ReflectionUtils.invokeMethod(method, request, value);
    }
  }

  static Map<String, Object> toPlain(OAuth2AuthorizationRequest request) {
    Map<String, Object> plain = new LinkedHashMap<>();
    put(plain, "uri", request.getAuthorizationUri());
    put(plain, "client", request.getClientId());
    put(plain, "redirect", request.getRedirectUri());
    put(plain, "scopes", new ArrayList<>(request.getScopes()));
    put(plain, "state", request.getState());
    put(plain, "params", OAuth2Users.ordinary(request.getAdditionalParameters()));
    put(plain, "attributes", OAuth2Users.ordinary(request.getAttributes()));
    String whole = request.getAuthorizationRequestUri();
    if (!whole.equals(fromPlain(plain).getAuthorizationRequestUri())) {
      plain.put("request", whole);
    }
    return plain;
  }

  @SuppressWarnings("unchecked") // Of a wrong value the builder makes nothing, or throws.
  static OAuth2AuthorizationRequest fromPlain(Map<String, Object> plain) {
    Map<String, Object> attributes = (Map<String, Object>) required(plain, "attributes");
    Consumer<Map<String, Object>> putAll = map -> map.putAll(attributes);
    OAuth2AuthorizationRequest.Builder request = OAuth2AuthorizationRequest.authorizationCode();
    URI.set(request, plain.get("uri"));
    CLIENT.set(request, plain.get("client"));
    REDIRECT.set(request, plain.get("redirect"));
    SCOPES.set(request, new LinkedHashSet<>((List<String>) required(plain, "scopes")));
    STATE.set(request, plain.get("state"));
    PARAMETERS.set(request, required(plain, "params"));
    ATTRIBUTES.set(request, putAll);
    if (plain.get("request") != null) {
      WHOLE.set(request, plain.get("request"));
    }
    return request.build();
  }

  private static void put(Map<String, Object> plain, String name, @Nullable Object value) {
    if (value != null) {
      plain.put(name, value);
    }
  }

  private static Object required(Map<String, Object> plain, String name) {
    return Objects.requireNonNull(plain.get(name), name);
  }
}
