package dev.madeleine.frameworks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** One server: a Tomcat with our filter in front of an application. */
final class TomcatNode implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();

  /**
   * Starts a server.
   *
   * @param sessions our filter, mapped before everything else
   * @param application adds filters, servlets and parameters of the application
   */
  TomcatNode(Filter sessions, Consumer<Context> application)
      throws IOException, LifecycleException {
    this(sessions, Map.of(), application);
  }

  /** The same with init-params of our filter. */
  TomcatNode(Filter sessions, Map<String, String> parameters, Consumer<Context> application)
      throws IOException, LifecycleException {
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", Files.createTempDirectory("webapp").toString());
    // Without a servlet, no filter is called.
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    filter(context, sessions, DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    parameters.forEach(context.findFilterDefs()[0]::addInitParameter);
    application.accept(context);
    tomcat.start();
    if (!context.getState().isAvailable()) {
      throw new IllegalStateException("the application has not started, see the log of Tomcat");
    }
  }

  /** Maps a filter of an application to all paths. */
  static void filter(Context context, Filter filter, DispatcherType... types) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(filter.getClass().getName());
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(definition.getFilterName());
    map.addURLPattern("/*");
    for (DispatcherType type : types) {
      map.setDispatcher(type.name());
    }
    context.addFilterMap(map);
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
