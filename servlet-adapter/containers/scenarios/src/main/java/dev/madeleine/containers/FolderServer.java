package dev.madeleine.containers;

import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Serves the web application of a folder behind the session filter, so that a suite of somebody
 * else can be pointed at it. The filter is configured by init-params only.
 */
public final class FolderServer {
  private static final String KEY = "MADELEINE_KEY";

  private FolderServer() {}

  /**
   * Serves until the process ends.
   *
   * @param arguments folder, context path, port, and any number of init-params as name=value; an
   *     empty value takes a default back
   */
  public static void main(Container container, String... arguments) throws Exception {
    if (arguments.length < 3) {
      throw new IllegalArgumentException("needs: folder context port [init-param=value ...]");
    }
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("no folder " + folder);
    }
    Map<String, String> parameters = defaults();
    for (String argument : List.of(arguments).subList(3, arguments.length)) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("not name=value: " + argument);
      }
      parameters.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    parameters.values().removeIf(String::isEmpty);
    String context = context(arguments[1]);
    int port = Integer.parseInt(arguments[2]);
    Container.Running running = start(container, folder, context, port, parameters);
    System.out.printf(
        "%s serves %s at http://127.0.0.1:%d%s/ with %s%n",
        container.getClass().getSimpleName(), folder, running.port(), context, parameters);
    new CountDownLatch(1).await();
  }

  /** The context path as the API has it: empty for the root, else with a slash before. */
  private static String context(String argument) {
    String path = argument.replaceAll("^/+|/+$", "");
    return path.isEmpty() ? "" : "/" + path;
  }

  /** For a client over plain http that expects what the container's own session does. */
  static Map<String, String> defaults() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("plainHttpDevelopment", "true");
    parameters.put("emptySessions", "keep");
    parameters.put(
        "requestOnly",
        "type:jakarta.servlet.http.HttpSessionBindingListener,"
            + "type:jakarta.servlet.http.HttpSessionActivationListener");
    return parameters;
  }

  /** Starts a container with this folder; without a key for the filter one is made. */
  static Container.Running start(
      Container container, Path folder, String context, int port, Map<String, String> parameters)
      throws Exception {
    boolean hasKey = parameters.containsKey("keyFile") || parameters.containsKey("keyVariable");
    if (!hasKey && System.getProperty(KEY, System.getenv(KEY)) == null) {
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      System.setProperty(KEY, "base64:" + Base64.getEncoder().encodeToString(key));
    }
    WebApplication application =
        new WebApplication(
            context,
            folder,
            (types, servletContext) -> {
              FilterRegistration.Dynamic filter =
                  servletContext.addFilter("sessions", SessionFilter.class);
              filter.setInitParameters(parameters);
              filter.setAsyncSupported(true);
              filter.addMappingForUrlPatterns(
                  EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
                  false,
                  "/*");
            },
            null);
    return container.start(port, List.of(application));
  }
}
