package dev.madeleine.containers.tomcat;

import dev.madeleine.containers.Container;
import dev.madeleine.containers.FolderServer;
import dev.madeleine.containers.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat 11, embedded. */
public final class Tomcat11 implements Container {
  /** Serves a folder; see {@link FolderServer}. */
  public static void main(String[] arguments) throws Exception {
    FolderServer.main(new Tomcat11(), arguments);
  }

  @Override
  public Running start(int port, List<WebApplication> applications) throws Exception {
    Tomcat tomcat = new Tomcat();
    Path base = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    for (WebApplication application : applications) {
      Context context = add(tomcat, application);
      context.addServletContainerInitializer(application.initializer(), Set.of());
      if (application.errorPage() != null) {
        ErrorPage page = new ErrorPage();
        page.setLocation(application.errorPage());
        context.addErrorPage(page);
      }
    }
    tomcat.start();
    return new Running() {
      @Override
      public int port() {
        return tomcat.getConnector().getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        delete(base);
      }
    };
  }

  private static Context add(Tomcat tomcat, WebApplication application) {
    if (application.folder() == null) {
      return tomcat.addContext(application.context(), null);
    }
    String folder = application.folder().toString();
    Context context = tomcat.addWebapp(application.context(), folder);
    if (context.getJarScanner() instanceof StandardJarScanner scanner) {
      scanner.setScanClassPath(false); // Only the folder is the application.
    }
    return context;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public boolean asksListenersBeforeErrorPage() {
    return false;
  }

  @Override
  public boolean isServlet61() {
    return true;
  }
}
