package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public API of every module of ours that an application can put on its class path, compared
 * with the lists in docs/api, so that no change of it goes unnoticed.
 */
class PublicApiTest {
  private static final Path LISTS = Path.of("../docs/api");
  private static final String REWRITE =
      "mvn -q test -pl demo -am -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dmadeleine.api=write";

  @Test
  void isWhatTheListsSay() throws IOException, URISyntaxException {
    Map<String, List<String>> found = found();
    assertThat(found).containsKeys("dev.madeleine", "dev.madeleine.testkit");
    if (System.getProperty("madeleine.api", "").equals("write")) {
      write(found);
    }
    List<String> difference = difference(listed(), found);
    assertThat(difference)
        .withFailMessage(
            () ->
                "The public API is not what docs/api lists. Listed (-), there (+):%n%n%s%n%nIf that is meant, rewrite the lists:%n%n%s"
                    .formatted(String.join(System.lineSeparator(), difference), REWRITE))
        .isEmpty();
  }

  private static Map<String, List<String>> found() throws IOException, URISyntaxException {
    Map<String, List<String>> apis = new TreeMap<>();
    for (URL url :
        Collections.list(PublicApi.class.getClassLoader().getResources("module-info.class"))) {
      for (ModuleReference module : PublicApi.in(location(url)).toList()) {
        String name = module.descriptor().name();
        if (name.equals("dev.madeleine") || name.startsWith("dev.madeleine.")) {
          apis.put(name, PublicApi.of(module));
        }
      }
    }
    return apis;
  }

  /** The directory or jar that a file of a class path is in. */
  private static Path location(URL file) throws IOException, URISyntaxException {
    return file.openConnection() instanceof JarURLConnection jar
        ? Path.of(jar.getJarFileURL().toURI())
        : Path.of(file.toURI()).getParent();
  }

  private static Map<String, List<String>> listed() throws IOException {
    Map<String, List<String>> lists = new TreeMap<>();
    try (Stream<Path> files = Files.list(LISTS)) {
      for (Path file : files.toList()) {
        lists.put(
            file.getFileName().toString().replaceFirst("\\.txt$", ""), Files.readAllLines(file));
      }
    }
    return lists;
  }

  private static void write(Map<String, List<String>> apis) throws IOException {
    for (String gone : listed().keySet()) {
      Files.delete(LISTS.resolve(gone + ".txt"));
    }
    for (Map.Entry<String, List<String>> api : apis.entrySet()) {
      Files.write(LISTS.resolve(api.getKey() + ".txt"), api.getValue());
    }
  }

  /** The lines that are only in one of both, those of one type together. */
  private static List<String> difference(
      Map<String, List<String>> listed, Map<String, List<String>> found) {
    Map<String, String> lines = new TreeMap<>();
    Set<String> modules = new TreeSet<>(listed.keySet());
    modules.addAll(found.keySet());
    for (String module : modules) {
      Set<String> before = new TreeSet<>(listed.getOrDefault(module, List.of()));
      Set<String> after = new TreeSet<>(found.getOrDefault(module, List.of()));
      before.stream()
          .filter(line -> !after.contains(line))
          .forEach(line -> lines.put(module + ", " + line + " -", "- " + line));
      after.stream()
          .filter(line -> !before.contains(line))
          .forEach(line -> lines.put(module + ", " + line + " +", "+ " + line));
    }
    return List.copyOf(lines.values());
  }
}
