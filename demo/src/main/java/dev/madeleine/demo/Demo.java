package dev.madeleine.demo;

import dev.madeleine.SessionEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * The main class: one demo server, until it is stopped.
 *
 * <p>The environment chooses: {@code PORT} (8080; 0 for any free one), {@code KEY_FILE} ({@code
 * ~/.madeleine/demo.keys}), {@code KEY_POLL_MS} (look at the key file in the background, with so
 * many milliseconds between two looks, instead of at each use), {@code BIND} (the loopback
 * address), {@code PLAIN_HTTP=1} (a cookie without {@code Secure}, for browsers that do not take
 * one over http).
 */
public final class Demo {
  private Demo() {}

  /** Starts the server and says where it is. */
  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$s %3$s: %5$s%6$s%n");
    try {
      Settings settings = Settings.of(System.getenv(), Path.of(System.getProperty("user.home")));
      DemoServer server = DemoServer.start(settings, Demo::log);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
      System.out.print(greeting(server));
      System.out.flush();
      server.await();
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(1);
    }
  }

  private static String greeting(DemoServer server) {
    return """
        Madeleine demo
          open    %s
          cookie  %s, signed with key %s
          keys    %s%s
          stop    Ctrl+C, or kill %d
        """
        .formatted(
            server.url(),
            server.sessions().transport().name(),
            server.keys().get().signingKey().id(),
            server.keys().path(),
            server.keys().wasCreated()
                ? "\n          made just now, for this demo only, readable by you alone"
                : "",
            ProcessHandle.current().pid());
  }

  private static void log(SessionEvent event) {
    System.Logger log = System.getLogger(Demo.class.getName());
    if (event instanceof SessionEvent.Rejected rejected) {
      String key = rejected.keyId() == null ? "" : ", key " + rejected.keyId();
      log.log(Level.INFO, rejected.cookie() + ": rejected a cookie: " + rejected.reason() + key);
    } else if (event instanceof SessionEvent.SessionTooLarge tooLarge) {
      log.log(Level.WARNING, "{0}: {1}", tooLarge.cookie(), tooLarge.message());
    } else if (event instanceof SessionEvent.ChangeLost lost) {
      log.log(Level.ERROR, "{0}: lost: {1}", lost.cookie(), lost.change());
    }
  }
}
