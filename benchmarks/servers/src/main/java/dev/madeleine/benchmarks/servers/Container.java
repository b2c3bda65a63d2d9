package dev.madeleine.benchmarks.servers;

import org.apache.catalina.util.ServerInfo;
import org.eclipse.jetty.util.Jetty;

/** A servlet container, embedded. */
enum Container {
  TOMCAT("Tomcat") {
    @Override
    WebServer start(Application application) throws Exception {
      return new TomcatServer(application);
    }

    @Override
    String version() {
      return ServerInfo.getServerNumber();
    }
  },
  JETTY("Jetty") {
    @Override
    WebServer start(Application application) throws Exception {
      return new JettyServer(application);
    }

    @Override
    String version() {
      return Jetty.VERSION;
    }
  };

  private final String label;

  Container(String label) {
    this.label = label;
  }

  /** Its name in tables. */
  String label() {
    return label;
  }

  abstract String version();

  /** A server with this application, on a free port of the loopback address. */
  abstract WebServer start(Application application) throws Exception;
}
