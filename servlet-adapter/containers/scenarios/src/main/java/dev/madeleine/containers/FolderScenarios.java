package dev.madeleine.containers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with web.xml, classes, libraries and static files behind a filter without any code. */
interface FolderScenarios extends Scenarios {
  String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <context-param><param-name>greeting</param-name><param-value>hello</param-value></context-param>
        <listener><listener-class>app.Started</listener-class></listener>
        <filter>
          <filter-name>marking</filter-name><filter-class>app.Marking</filter-class>
          <init-param><param-name>mark</param-name><param-value>m</param-value></init-param>
        </filter>
        <filter-mapping><filter-name>marking</filter-name><servlet-name>count</servlet-name></filter-mapping>
        <servlet>
          <servlet-name>count</servlet-name><servlet-class>app.Count</servlet-class>
          <init-param><param-name>step</param-name><param-value>2</param-value></init-param>
          <load-on-startup>1</load-on-startup>
        </servlet>
        <servlet-mapping><servlet-name>count</servlet-name><url-pattern>/count</url-pattern></servlet-mapping>
        <error-page><error-code>418</error-code><location>/teapot.txt</location></error-page>
      </web-app>
      """;

  String STARTED =
      """
      package app;

      public class Started implements jakarta.servlet.ServletContextListener {
        @Override
        public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
          event.getServletContext().setAttribute("started", "started");
        }
      }
      """;

  String MARKING =
      """
      package app;

      import jakarta.servlet.*;

      public class Marking implements Filter {
        private String mark;

        @Override
        public void init(FilterConfig config) {
          mark = config.getInitParameter("mark");
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws java.io.IOException, ServletException {
          request.setAttribute("mark", mark);
          chain.doFilter(request, response);
        }
      }
      """;

  String COUNT =
      """
      package app;

      import jakarta.servlet.http.*;

      public class Count extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws java.io.IOException {
          HttpSession session = request.getSession();
          Integer count = (Integer) session.getAttribute("count");
          int step = Integer.parseInt(getInitParameter("step"));
          session.setAttribute("count", count == null ? step : count + step);
          session.setAttribute("value", new HttpSessionBindingListener() {});
          response.getWriter().print(getServletContext().getInitParameter("greeting")
              + " " + getServletContext().getAttribute("started") + " "
              + request.getAttribute("mark") + " " + session.getAttribute("count"));
        }
      }
      """;

  String ANNOTATED =
      """
      package app;

      import jakarta.servlet.http.*;

      @jakarta.servlet.annotation.WebServlet("/annotated")
      public class Annotated extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws java.io.IOException {
          response.sendError(418);
        }
      }
      """;

  @Test
  default void serveAFolderBehindInitParameters(@TempDir Path folder) throws Exception {
    write(folder.resolve("WEB-INF/web.xml"), WEB_XML);
    write(folder.resolve("index.html"), "welcome");
    write(folder.resolve("teapot.txt"), "teapot");
    Path classes = Files.createDirectories(folder.resolve("WEB-INF/classes"));
    compile(classes, Map.of("Started", STARTED, "Marking", MARKING, "Count", COUNT));
    Path apart = Files.createDirectories(folder.resolve("WEB-INF/apart"));
    compile(apart, Map.of("Annotated", ANNOTATED));
    pack(apart.resolve("app/Annotated.class"), folder.resolve("WEB-INF/lib/annotated.jar"));

    Container.Running running =
        FolderServer.start(site().container(), folder, "/suite", 0, FolderServer.defaults());
    try {
      String base = "http://127.0.0.1:" + running.port() + "/suite";
      HttpResponse<String> first = get(base + "/count", "none=1");
      List<String> lines = first.headers().allValues("Set-Cookie");
      assertThat(first.body()).isEqualTo("hello started m 2");
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0))
          .matches("session-suite=[A-Za-z0-9_-]{60,}; Path=/; HttpOnly; SameSite=Lax");
      String cookie = lines.get(0).substring(0, lines.get(0).indexOf(';'));
      assertThat(get(base + "/count", cookie).body()).isEqualTo("hello started m 4");
      assertThat(get(base + "/", cookie).body()).isEqualTo("welcome");
      assertThat(get(base + "/annotated", cookie).statusCode()).isEqualTo(418);
      assertThat(get(base + "/annotated", cookie).body()).isEqualTo("teapot");
      assertThat(get(base + "/WEB-INF/web.xml", cookie).statusCode()).isEqualTo(404);
    } finally {
      running.stop();
    }
  }

  private static HttpResponse<String> get(String uri, String cookie) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri)).header("Cookie", cookie).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Compiles classes of the package app against the container's own Servlet API. */
  private static void compile(Path target, Map<String, String> sources) throws Exception {
    String api =
        Path.of(HttpServlet.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    List<String> arguments =
        new java.util.ArrayList<>(List.of("-proc:none", "-cp", api, "-d", target.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = target.resolve(source.getKey() + ".java");
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(status).as("javac").isZero();
  }

  private static void pack(Path classFile, Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("app/Annotated.class"));
      out.write(Files.readAllBytes(classFile));
      out.closeEntry();
    }
  }
}
