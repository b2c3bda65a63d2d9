package dev.madeleine.benchmarks;

import dev.madeleine.benchmarks.runner.Contestant;
import dev.madeleine.benchmarks.runner.Effort;
import dev.madeleine.benchmarks.runner.Interleaving;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The main class of a JVM that measures: contestants that are compared, each of them in a class
 * loader of its own, which shares nothing with the others but the JDK.
 */
public final class Heat {
  private static final String SEPARATOR = "\t";

  /** All contestants in one class loader: sooner started, and good enough to show that they run. */
  private static final String SHARED = "shared";

  private final Map<String, ClassLoader> loaders = new HashMap<>();

  private Heat() {}

  /** The line of input that stands for a contestant. */
  static String line(String name, String classPath, BenchmarkCase benchmarkCase) {
    return String.join(SEPARATOR, name, classPath, benchmarkCase.toString());
  }

  /**
   * Measures the contestants that are named on standard input.
   *
   * @param arguments the name of an {@link Effort}
   */
  public static void main(String... arguments) {
    Effort effort = Effort.named(arguments[0]);
    Interleaving.runAndExit(effort, () -> new Heat().contestants(effort));
  }

  private List<Contestant> contestants(Effort effort) throws Exception {
    List<Contestant> contestants = new ArrayList<>();
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        contestants.add(contestant(line.split(SEPARATOR, -1), effort.provesOnly()));
      }
    }
    return contestants;
  }

  private Contestant contestant(String[] parts, boolean shared) throws Exception {
    String name = parts[0];
    IntConsumer loop = loop(loader(shared ? SHARED : name, parts[1]), parts[2]);
    BenchmarkCase benchmarkCase = BenchmarkCase.parse(parts[2]);
    return benchmarkCase.threads() == 1
        ? new LoadedBenchmark(name, loop, benchmarkCase.operations())
        : new CrowdedBenchmark(name, loop, benchmarkCase.threads());
  }

  private ClassLoader loader(String name, String classPath) throws Exception {
    ClassLoader known = loaders.get(name);
    if (known != null) {
      return known;
    }
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      urls.add(new File(entry).toURI().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(name, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    loaders.put(name, loader);
    return loader;
  }

  private static IntConsumer loop(ClassLoader loader, String text) throws Exception {
    Method of =
        Class.forName(BenchmarkLoop.class.getName(), true, loader)
            .getDeclaredMethod("of", String.class);
    of.setAccessible(true);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // Libraries look for their services there.
    try {
      return (IntConsumer) of.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(text + ": " + e.getCause(), e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
