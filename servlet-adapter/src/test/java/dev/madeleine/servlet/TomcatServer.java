package dev.madeleine.servlet;

import dev.madeleine.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A real Tomcat with our filter in front of handlers that a test brings, and a real client. */
final class TomcatServer implements AutoCloseable {
  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private final Tomcat tomcat = new Tomcat();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<AssertionError> failure = new AtomicReference<>();

  TomcatServer(Sessions sessions) throws Exception {
    this(new SessionFilter(sessions));
  }

  TomcatServer(SessionFilter sessions) throws Exception {
    this(sessions, Map.of());
  }

  TomcatServer(SessionFilter sessions, Map<String, String> parameters) throws Exception {
    Path base = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    var servlet = Tomcat.addServlet(context, "handlers", new Dispatch());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    FilterDef filter = new FilterDef();
    filter.setFilterName("sessions");
    filter.setFilter(sessions);
    parameters.forEach(filter::addInitParameter);
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap map = new FilterMap();
    map.setFilterName("sessions");
    map.addURLPattern("/*");
    map.setDispatcher(DispatcherType.REQUEST.name());
    map.setDispatcher(DispatcherType.ASYNC.name());
    map.setDispatcher(DispatcherType.ERROR.name());
    context.addFilterMap(map);
    ErrorPage page = new ErrorPage();
    page.setLocation("/error-page");
    context.addErrorPage(page);
    handlers.put("/error-page", (request, response) -> response.getWriter().print("error page"));
    tomcat.start();
  }

  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  HttpResponse<String> get(String path, String... cookieHeaders) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    for (String cookie : cookieHeaders) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    AssertionError failed = failure.getAndSet(null);
    if (failed != null) {
      throw failed;
    }
    return response;
  }

  static List<String> setCookies(HttpResponse<?> response) {
    return response.headers().allValues("Set-Cookie");
  }

  /** The name=value of the one session cookie of a response. */
  static String cookie(HttpResponse<?> response) {
    List<String> ours =
        setCookies(response).stream().filter(line -> line.startsWith("__Host-session=")).toList();
    if (ours.size() != 1) {
      throw new AssertionError("expected one session cookie, got " + ours.size());
    }
    return ours.get(0).substring(0, ours.get(0).indexOf(';'));
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private final class Dispatch extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        handlers
            .get(
                request.getServletPath()
                    + (request.getPathInfo() == null ? "" : request.getPathInfo()))
            .handle(request, response);
      } catch (AssertionError e) {
        failure.set(e);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
