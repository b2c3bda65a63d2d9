package dev.madeleine.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where figures come from: without it they mean nothing.
 *
 * @param cpu the processor's name, or its architecture where the system does not tell
 * @param cores as many as the JVM may use
 * @param system the operating system and its kernel
 * @param jdk the version of the JVM
 */
record Machine(String cpu, int cores, String system, String jdk) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** This machine. The JVM is the one that the benchmarks ran on, see {@code benchmarks/run}. */
  static Machine here() throws IOException {
    List<String> info = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    return new Machine(
        model(info, System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.runtime.version"));
  }

  /** The load average of the last minute; negative where the system does not tell. */
  static String load() {
    return String.format(
        Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static String model(List<String> cpuInfo, String architecture) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith(MODEL))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(architecture);
  }

  /** One line of text. */
  @Override
  public String toString() {
    return "%s, %d core%s, %s, JDK %s".formatted(cpu, cores, cores == 1 ? "" : "s", system, jdk);
  }
}
