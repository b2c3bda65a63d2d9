package dev.madeleine.containers.jetty;

import dev.madeleine.containers.Container;
import dev.madeleine.containers.FolderServer;
import dev.madeleine.containers.WebApplication;
import dev.madeleine.containers.WebFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty 12.0 with its environment ee10, embedded. */
public final class Jetty120 implements Container {
  /** Serves a folder; see {@link FolderServer}. */
  public static void main(String[] arguments) throws Exception {
    FolderServer.main(new Jetty120(), arguments);
  }

  @Override
  public Running start(int port, List<WebApplication> applications) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    server.setHandler(contexts);
    for (WebApplication application : applications) {
      contexts.addHandler(handler(application));
    }
    server.start();
    return new Running() {
      @Override
      public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        server.stop();
      }
    };
  }

  private static ServletContextHandler handler(WebApplication application) throws IOException {
    String path = application.context().isEmpty() ? "/" : application.context();
    ServletContextHandler context = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    context.setErrorHandler(errors);
    context.addServletContainerInitializer(application.initializer());
    if (application.errorPage() != null) {
      errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, application.errorPage());
    }
    if (application.folder() != null) {
      serve(application.folder(), context, errors);
    }
    return context;
  }

  private static void serve(Path path, ServletContextHandler context, ErrorPageErrorHandler errors)
      throws IOException {
    WebFolder folder = new WebFolder(path);
    context.setClassLoader(folder.classLoader());
    context.addServletContainerInitializer(folder);
    context.setBaseResourceAsPath(path);
    context.setProtectedTargets(new String[] {"/WEB-INF", "/META-INF"});
    context.setWelcomeFiles(folder.welcomeFiles().toArray(new String[0]));
    context.addServlet(DefaultServlet.class, "/");
    for (WebFolder.ErrorPage page : folder.errorPages()) {
      if (page.status() != null) {
        errors.addErrorPage(page.status(), page.location());
      } else {
        String exception = page.exception();
        errors.addErrorPage(
            exception == null ? ErrorPageErrorHandler.GLOBAL_ERROR_PAGE : exception,
            page.location());
      }
    }
  }

  /** Jetty chooses for its errors. */
  @Override
  public String errorCacheControl() {
    return "must-revalidate,no-cache,no-store";
  }

  @Override
  public boolean canUpgrade() {
    return false;
  }

  @Override
  public boolean isServlet61() {
    return false;
  }
}
