package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large sessions behind nginx, with its defaults and with the setting that docs/operations.md
 * names.
 */
class NginxTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Path nginx;
  private Tomcat tomcat;
  private Process process;
  private int port;

  @BeforeEach
  void findNginx() {
    nginx = Needed.program("nginx");
  }

  @AfterEach
  void stop() throws Exception {
    if (process != null) {
      process.destroy();
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (tomcat != null) {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  /** Puts so many characters into the session, or says why they do not fit. */
  private static final class Store extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      StringBuilder text = new StringBuilder();
      new Random(1)
          .ints(Integer.parseInt(request.getParameter("n")), 'a', 'z' + 1)
          .forEach(c -> text.append((char) c));
      try {
        request.getSession().setAttribute("text", text.toString());
        response.getWriter().print("stored");
      } catch (SessionTooLargeException e) {
        response.getWriter().print("refused");
      }
    }
  }

  /** Starts Tomcat and nginx in front of it. */
  private void start(SessionsBuilder builder, String setting) throws Exception {
    Sessions sessions = builder.listener(events::add).build();
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat
        .addContext("", null)
        .addServletContainerInitializer(
            (classes, context) -> {
              context
                  .addFilter("sessions", new SessionFilter(sessions))
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
              context.addServlet("store", new Store()).addMapping("/");
            },
            Set.of());
    tomcat.start();
    port = Ports.free();
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$s;
            location / {
              proxy_pass http://127.0.0.1:%3$s;
              %4$s
            }
          }
        }
        """
            .formatted(folder, port, tomcat.getConnector().getLocalPort(), setting));
    process =
        new ProcessBuilder(
                nginx.toString(),
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("error.log").toString(),
                "-c",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    awaitNginx();
  }

  private void awaitNginx() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (ConnectException e) {
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("output"))).isTrue();
        assertThat(System.nanoTime()).as("nginx does not listen").isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  private HttpResponse<String> store(int characters) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%s/?n=%s".formatted(port, characters));
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static SessionsBuilder builder() {
    return Sessions.builder(KeyRing.signingWith(MasterKey.generate(new SecureRandom())));
  }

  @Test
  void withItsDefaultsALargeSessionIsA502AndTheEventSaysWhatHelps() throws Exception {
    start(builder(), "");
    assertThat(store(1500).statusCode()).isEqualTo(200);
    assertThat(events).noneMatch(SessionEvent.ResponseHeadersLarge.class::isInstance);

    assertThat(store(2900).statusCode()).isEqualTo(502);
    assertThat(Files.readString(folder.resolve("error.log"))).contains("too big header");
    assertThat(events)
        .filteredOn(SessionEvent.ResponseHeadersLarge.class::isInstance)
        .hasSize(1)
        .allSatisfy(event -> assertThat(event.message()).contains("proxy_buffer_size"));
  }

  @Test
  void aLimitOfTheResponseKeepsEverySessionWithinItsDefaults() throws Exception {
    start(builder().responseLimit(3500), "");
    for (int characters = 100; characters <= 2900; characters += 100) {
      HttpResponse<String> response = store(characters);
      assertThat(response.statusCode()).as("%s characters", characters).isEqualTo(200);
      assertThat(response.body()).isEqualTo(characters <= 2400 ? "stored" : "refused");
    }
  }

  @Test
  void theSettingOfTheEventTakesTheLargestSession() throws Exception {
    start(builder().responseLimit(8192), "proxy_buffer_size 16k; proxy_buffers 8 16k;");
    HttpResponse<String> response = store(2950);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("stored");
  }
}
