package dev.madeleine.benchmarks.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/** An embedded Tomcat with the application in it. */
final class TomcatServer implements WebServer {
  private final Tomcat tomcat = new Tomcat();
  private final Path folder;

  TomcatServer(Application application) throws Exception {
    TomcatURLStreamHandlerFactory.disable(); // A JVM takes one, and may have several Tomcats.
    folder = Files.createTempDirectory("madeleine-tomcat");
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector());
    StandardContext context = (StandardContext) tomcat.addContext("", null);
    context.setClearReferencesRmiTargets(false); // The process ends with the application.
    context.setClearReferencesThreadLocals(false);
    context.addServletContainerInitializer(application, Set.of());
    tomcat.start();
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setThrowOnFailure(true);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    connector.setProperty("maxThreads", Integer.toString(THREADS));
    connector.setProperty("minSpareThreads", Integer.toString(THREADS));
    // As Jetty: else every hundredth request would open a connection.
    connector.setProperty("maxKeepAliveRequests", "-1");
    return connector;
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException("Tomcat does not stop: " + e.getMessage(), e);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
