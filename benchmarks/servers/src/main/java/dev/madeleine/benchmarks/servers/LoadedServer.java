package dev.madeleine.benchmarks.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * A server in this JVM with all its classes in a class loader of its own: it has profiles of its
 * own, as if it were alone, and may be of another build.
 *
 * @param port where it listens
 * @param threads the ids of all that it has started
 */
record LoadedServer(int port, Set<Long> threads) {

  static LoadedServer start(Container container, SessionKind kind, String classPath)
      throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Set<Long> others = living();
    thread.setContextClassLoader(loader);
    try {
      Method start =
          Class.forName(LoadedServer.class.getName(), true, loader)
              .getDeclaredMethod("start", String.class, String.class);
      start.setAccessible(true);
      IntSupplier port = (IntSupplier) start.invoke(null, container.name(), kind.name());
      Set<Long> threads = living();
      threads.removeAll(others);
      return new LoadedServer(port.getAsInt(), threads);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What is called in the other loader: its port is all that can be said across. */
  static IntSupplier start(String container, String kind) throws Exception {
    WebServer server =
        Container.valueOf(container).start(Application.of(SessionKind.valueOf(kind), 0));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "close"));
    return server::port;
  }

  private static void close(WebServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Long> living() {
    Set<Long> ids = new HashSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> ids.add(thread.getId()));
    return ids;
  }
}
