package dev.madeleine.spring.security;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;
import org.springframework.security.web.util.UrlUtils;

/**
 * Where a user wanted to go before the login: method and URL. Headers, cookies and the body of a
 * form are not kept; the request that is sent again has its own.
 */
final class SavedRequests {
  private SavedRequests() {}

  /**
   * Method, scheme, server's name and port, context path, servlet path, path info, URI, query and
   * the parameter that marks the request that is sent again; the last ones may be null.
   */
  static List<@Nullable Object> toPlain(DefaultSavedRequest request) {
    return Collections.unmodifiableList(
        Arrays.<@Nullable Object>asList(
            request.getMethod(),
            request.getScheme(),
            request.getServerName(),
            request.getServerPort(),
            request.getContextPath(),
            request.getServletPath(),
            request.getPathInfo(),
            request.getRequestURI(),
            request.getQueryString(),
            marker(request)));
  }

  /** What the redirect has behind the query of the request, which has no accessor of its own. */
  private static @Nullable String marker(DefaultSavedRequest request) {
    String query = URI.create(request.getRedirectUrl()).getRawQuery();
    String own = request.getQueryString();
    if (query == null || query.equals(own)) {
      return null;
    }
    return query.substring(query.lastIndexOf('&') + 1);
  }

  static DefaultSavedRequest fromPlain(List<@Nullable Object> plain) {
    String scheme = text(plain, 1);
    String server = text(plain, 2);
    int port = (int) required(plain, 3);
    String uri = text(plain, 7);
    DefaultSavedRequest.Builder request =
        new DefaultSavedRequest.Builder()
            .setMethod(text(plain, 0))
            .setScheme(scheme)
            .setServerName(server)
            .setServerPort(port)
            .setContextPath(text(plain, 4))
            .setServletPath(text(plain, 5))
            .setRequestURI(uri)
            .setRequestURL(UrlUtils.buildFullRequestUrl(scheme, server, port, uri, null))
            .setCookies(List.of())
            .setLocales(List.of())
            .setHeaders(Map.of())
            .setParameters(Map.of());
    if (plain.get(6) instanceof String path) {
      request.setPathInfo(path);
    }
    if (plain.get(8) instanceof String query) {
      request.setQueryString(query);
    }
    if (plain.get(9) instanceof String marker) {
      request.setMatchingRequestParameterName(marker);
    }
    return request.build();
  }

  private static String text(List<@Nullable Object> plain, int index) {
    return (String) required(plain, index);
  }

  private static Object required(List<@Nullable Object> plain, int index) {
    Object value = plain.get(index);
    if (value == null) {
      throw new IllegalArgumentException("a saved request without its part " + index);
    }
    return value;
  }
}
