package dev.madeleine.benchmarks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request and a response without a container: just what a session filter asks of them, at hardly
 * any cost of their own. Reused from request to request, as containers do.
 */
final class FakeExchange {
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, List<String>> responseHeaders = new HashMap<>();
  private List<String> cookies;
  final HttpServletRequest request = new Request();
  final HttpServletResponse response = new Response();

  FakeExchange(List<String> cookies) {
    this.cookies = cookies;
  }

  void recycle() {
    attributes.clear();
    responseHeaders.clear();
  }

  /** The next request, with these cookies. */
  void recycle(List<String> newCookies) {
    recycle();
    cookies = newCookies;
  }

  @Nullable String setCookie() {
    List<String> lines = responseHeaders.get("Set-Cookie");
    return lines == null ? null : lines.get(0);
  }

  /** An implementation that must never be asked, except for a session of the container's own. */
  private static <T> T nobody(Class<T> type) {
    Object nobody =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getSession")) {
                return null;
              }
              throw new UnsupportedOperationException(method.getName());
            });
    return type.cast(nobody);
  }

  private final class Request extends HttpServletRequestWrapper {
    Request() {
      super(nobody(HttpServletRequest.class));
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
      attributes.put(name, value);
    }

    @Override
    public DispatcherType getDispatcherType() {
      return DispatcherType.REQUEST;
    }

    @Override
    public boolean isAsyncStarted() {
      return false;
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(name.equals("Cookie") ? cookies : List.of());
    }

    @Override
    @SuppressWarnings("NullAway") // No session of this benchmark asks for its context.
    public jakarta.servlet.ServletContext getServletContext() {
      return null;
    }
  }

  private final class Response extends HttpServletResponseWrapper {
    Response() {
      super(nobody(HttpServletResponse.class));
    }

    @Override
    public boolean isCommitted() {
      return false;
    }

    @Override
    public Collection<String> getHeaders(String name) {
      return responseHeaders.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable String getHeader(String name) {
      List<String> lines = responseHeaders.get(name);
      return lines == null ? null : lines.get(0);
    }

    @Override
    public boolean containsHeader(String name) {
      return responseHeaders.containsKey(name);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
      responseHeaders.remove(name);
      if (value != null) {
        addHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      responseHeaders.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }
  }
}
