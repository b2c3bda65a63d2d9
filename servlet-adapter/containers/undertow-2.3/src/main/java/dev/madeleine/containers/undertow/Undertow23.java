package dev.madeleine.containers.undertow;

import dev.madeleine.containers.Container;
import dev.madeleine.containers.FolderServer;
import dev.madeleine.containers.WebApplication;
import dev.madeleine.containers.WebFolder;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Undertow 2.3, embedded. */
public final class Undertow23 implements Container {
  /** Serves a folder; see {@link FolderServer}. */
  public static void main(String[] arguments) throws Exception {
    FolderServer.main(new Undertow23(), arguments);
  }

  @Override
  public Running start(int port, List<WebApplication> applications) throws Exception {
    PathHandler paths = new PathHandler();
    for (WebApplication application : applications) {
      DeploymentInfo deployment = deployment(application);
      DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
      manager.deploy();
      paths.addPrefixPath(deployment.getContextPath(), manager.start());
    }
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(16)
            .setHandler(paths)
            .build();
    undertow.start();
    return new Running() {
      @Override
      public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
      }

      @Override
      public void stop() {
        undertow.stop();
      }
    };
  }

  private static DeploymentInfo deployment(WebApplication application) throws IOException {
    String path = application.context().isEmpty() ? "/" : application.context();
    DeploymentInfo deployment =
        Servlets.deployment()
            .setDeploymentName(path)
            .setContextPath(path)
            .setClassLoader(Undertow23.class.getClassLoader())
            .setServletStackTraces(ServletStackTraces.NONE)
            .addServletContainerInitializer(initializer(application.initializer()));
    if (application.errorPage() != null) {
      deployment.addErrorPage(Servlets.errorPage(application.errorPage()));
    }
    if (application.folder() != null) {
      serve(application.folder(), deployment);
    }
    return deployment;
  }

  private static void serve(Path path, DeploymentInfo deployment) throws IOException {
    WebFolder folder = new WebFolder(path);
    deployment
        .setClassLoader(folder.classLoader())
        .addServletContainerInitializer(initializer(folder))
        .setResourceManager(new PathResourceManager(path))
        .addWelcomePages(folder.welcomeFiles());
    for (WebFolder.ErrorPage page : folder.errorPages()) {
      deployment.addErrorPage(errorPage(page, folder.classLoader()));
    }
  }

  private static ErrorPage errorPage(WebFolder.ErrorPage page, ClassLoader classes) {
    String exception = page.exception();
    if (page.status() != null) {
      return Servlets.errorPage(page.location(), page.status());
    }
    if (exception == null) {
      return Servlets.errorPage(page.location());
    }
    try {
      Class<?> type = Class.forName(exception, false, classes);
      return Servlets.errorPage(page.location(), type.asSubclass(Throwable.class));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("web.xml has an error page for " + exception, e);
    }
  }

  private static ServletContainerInitializerInfo initializer(ServletContainerInitializer what) {
    return new ServletContainerInitializerInfo(
        what.getClass(), () -> new ImmediateInstanceHandle<>(what), Set.of());
  }

  /** Undertow looks for a session of its own in the cookies first, and throws at odd ones. */
  @Override
  public Set<Integer> refusals() {
    return Set.of(400, 431, 500);
  }

  @Override
  public boolean takesHeadersWithinInclude() {
    return false;
  }

  /** Undertow clears all headers after an exception, and no filter comes after that. */
  @Override
  public List<String> withExceptionPage(String stored) {
    return List.of();
  }

  @Override
  public boolean isServlet61() {
    return false;
  }
}
