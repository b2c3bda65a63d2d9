package dev.madeleine.servlet;

import dev.madeleine.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.MemoryRealm;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

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
    this(sessions, Map.of(), context -> {});
  }

  TomcatServer(SessionFilter sessions, Map<String, String> parameters) throws Exception {
    this(sessions, parameters, context -> {});
  }

  /** A server that knows one user, by BASIC authentication. */
  static TomcatServer withUser(Sessions sessions, String name, String password) throws Exception {
    return new TomcatServer(
        new SessionFilter(sessions),
        Map.of(),
        context -> {
          MemoryRealm realm = new MemoryRealm();
          realm.setPathname(users(name, password));
          context.setRealm(realm);
          context.setLoginConfig(new LoginConfig("BASIC", "realm", null, null));
          context.getPipeline().addValve(new BasicAuthenticator());
        });
  }

  private static String users(String name, String password) {
    try {
      Path file = Files.createTempFile("users", ".xml");
      String user = "<user username='%s' password='%s' roles='user'/>".formatted(name, password);
      Files.writeString(file, "<tomcat-users>" + user + "</tomcat-users>");
      file.toFile().deleteOnExit();
      return file.toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param parameters the filter's init-params
   * @param setting what is done to the context before it starts, and before our filter is added
   */
  TomcatServer(SessionFilter sessions, Map<String, String> parameters, Consumer<Context> setting)
      throws Exception {
    Path base = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    var servlet = Tomcat.addServlet(context, "handlers", new Dispatch());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    setting.accept(context);
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
    return send(request(path), cookieHeaders);
  }

  /** With a user's name and password. */
  HttpResponse<String> getAs(String name, String password, String path, String... cookieHeaders)
      throws Exception {
    byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    String basic = Base64.getEncoder().encodeToString(credentials);
    return send(request(path).header("Authorization", "Basic " + basic), cookieHeaders);
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... cookieHeaders) throws Exception {
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
