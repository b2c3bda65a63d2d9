package dev.madeleine.frameworks;

import dev.madeleine.AttributeConverter;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.web.util.SavedRequest;

/** What Shiro puts into a session, as plain values. */
final class ShiroConverters {
  /** Who is logged in: the principals of each realm. */
  static final AttributeConverter<SimplePrincipalCollection> PRINCIPALS =
      AttributeConverter.of(
          "shiro-principals",
          SimplePrincipalCollection.class,
          ShiroConverters::byRealm,
          ShiroConverters::principals);

  /** Where to go after the login. */
  static final AttributeConverter<SavedRequest> SAVED_REQUEST =
      AttributeConverter.of(
          "shiro-request",
          SavedRequest.class,
          ShiroConverters::methodAndUrl,
          ShiroConverters::savedRequest);

  private ShiroConverters() {}

  @SuppressWarnings("unchecked") // A realm's principals are a raw collection.
  private static Map<String, List<Object>> byRealm(SimplePrincipalCollection principals) {
    Map<String, List<Object>> realms = new LinkedHashMap<>();
    for (String realm : principals.getRealmNames()) {
      realms.put(realm, new ArrayList<Object>(principals.fromRealm(realm)));
    }
    return realms;
  }

  private static SimplePrincipalCollection principals(Map<String, List<Object>> realms) {
    SimplePrincipalCollection principals = new SimplePrincipalCollection();
    realms.forEach((realm, values) -> principals.addAll(values, realm));
    return principals;
  }

  private static Map<String, String> methodAndUrl(SavedRequest saved) {
    Map<String, String> plain = new HashMap<>();
    plain.put("method", saved.getMethod());
    plain.put("uri", saved.getRequestURI());
    if (saved.getQueryString() != null) {
      plain.put("query", saved.getQueryString());
    }
    return plain;
  }

  /** Its constructor asks a request for these three. */
  private static SavedRequest savedRequest(Map<String, String> plain) {
    return new SavedRequest(
        (HttpServletRequest)
            Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (request, getter, arguments) ->
                    switch (getter.getName()) {
                      case "getMethod" -> plain.get("method");
                      case "getRequestURI" -> plain.get("uri");
                      case "getQueryString" -> plain.get("query");
                      default -> throw new UnsupportedOperationException(getter.getName());
                    }));
  }
}
