package dev.madeleine.demo;

import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** An embedded Tomcat with the application in it. */
final class DemoServer implements AutoCloseable {
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  /** The header that carries the session of a program, which keeps no cookies. */
  static final String API_HEADER = "X-Session";

  private final Settings settings;
  private final KeyFile keys;
  private final Sessions sessions;
  private final Path folder;
  private final Tomcat tomcat = new Tomcat();

  private DemoServer(Settings settings, KeyFile keys, Journal journal) throws IOException {
    this.settings = settings;
    this.keys = keys;
    SessionsBuilder builder = Sessions.builder(keys).listener(journal);
    if (settings.plainHttp()) {
      builder.forPlainHttpDevelopment();
    }
    sessions = builder.build();
    folder = Files.createTempDirectory("madeleine-demo");
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
    ErrorReportValve terse = new ErrorReportValve();
    terse.setShowReport(false);
    terse.setShowServerInfo(false);
    tomcat.getHost().getPipeline().addValve(terse);
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    context.setClearReferencesRmiTargets(false); // The process ends with the application.
    context.setClearReferencesThreadLocals(false);
    Sessions api =
        Sessions.builder(
                SessionTransport.header(API_HEADER, NativeEncoder.signed(keys, "api-session")))
            .listener(journal)
            .build();
    context.addServletContainerInitializer(
        new DemoApplication(sessions, api, keys, journal), Set.of());
  }

  /**
   * Starts a server.
   *
   * @param listener what receives the session events
   * @throws IOException if it cannot start; the message is for the user
   * @throws IllegalArgumentException if the key file holds no good keys
   */
  static DemoServer start(Settings settings, Consumer<SessionEvent> listener) throws IOException {
    KeyFile keys = KeyFile.open(settings.keyFile(), settings.keyPoll());
    DemoServer server = new DemoServer(settings, keys, new Journal(listener));
    try {
      TOMCAT.setLevel(Level.OFF); // What goes wrong from here on is thrown.
      server.tomcat.start();
      TOMCAT.setLevel(Level.WARNING);
      return server;
    } catch (LifecycleException e) {
      server.close();
      throw new IOException(reason(settings, e), e);
    }
  }

  private Connector connector() {
    Connector connector = new Connector();
    connector.setPort(settings.port());
    connector.setThrowOnFailure(true);
    connector.setXpoweredBy(false);
    connector.setProperty("address", settings.address().getHostAddress());
    return connector;
  }

  private static String reason(Settings settings, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketException) {
        return "cannot listen on %s port %d: %s. PORT=0 takes any free port"
            .formatted(settings.address().getHostAddress(), settings.port(), cause.getMessage());
      }
    }
    return "cannot start: " + e;
  }

  /** Where a browser on this machine finds the page. */
  String url() {
    return settings.url(tomcat.getConnector().getLocalPort());
  }

  /** The keys, which other processes may use too. */
  KeyFile keys() {
    return keys;
  }

  /** The sessions of the application. */
  Sessions sessions() {
    return sessions;
  }

  /** Waits until the server is stopped. */
  void await() {
    tomcat.getServer().await();
  }

  /** Stops: takes no more requests, gives those that are running 2 seconds to finish. */
  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      System.err.println("stopping: " + e);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
