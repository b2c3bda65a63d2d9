package dev.madeleine.demo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment says about one demo process.
 *
 * @param port where it listens; 0 for any free port
 * @param address where it listens; the loopback address unless {@code BIND} says otherwise
 * @param keyFile where its keys are
 * @param keyPoll how long to wait between two looks at it in the background; zero to look at each
 *     use
 * @param plainHttp whether the cookie goes without {@code Secure}
 */
record Settings(int port, InetAddress address, Path keyFile, Duration keyPoll, boolean plainHttp) {
  private static final int DEFAULT_PORT = 8080;
  private static final int MAX_PORT = 65_535;
  private static final int MIN_POLL_MS = 10;
  private static final int MAX_POLL_MS = 86_400_000;

  /** Settings that look at the key file at each use. */
  Settings(int port, InetAddress address, Path keyFile, boolean plainHttp) {
    this(port, address, keyFile, Duration.ZERO, plainHttp);
  }

  /**
   * The settings in these environment variables: {@code PORT}, {@code BIND}, {@code KEY_FILE},
   * {@code KEY_POLL_MS}, {@code PLAIN_HTTP}.
   *
   * @param home where the default key file's folder is
   * @throws IllegalArgumentException if one cannot be understood; the message is for the user
   */
  static Settings of(Map<String, String> environment, Path home) {
    String keyFile = environment.getOrDefault("KEY_FILE", "");
    try {
      return new Settings(
          port(environment.getOrDefault("PORT", "")),
          address(environment.getOrDefault("BIND", "")),
          keyFile.isBlank() ? home.resolve(".madeleine").resolve("demo.keys") : Path.of(keyFile),
          keyPoll(environment.getOrDefault("KEY_POLL_MS", "")),
          environment.getOrDefault("PLAIN_HTTP", "").equals("1"));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("KEY_FILE is not a path: " + e.getMessage(), e);
    }
  }

  private static int port(String text) {
    if (text.isBlank()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "PORT is \"%s\"; it must be a number from 0, any free port, to %d"
            .formatted(text, MAX_PORT));
  }

  private static Duration keyPoll(String text) {
    if (text.isBlank()) {
      return Duration.ZERO;
    }
    try {
      int millis = Integer.parseInt(text.strip());
      if (millis >= MIN_POLL_MS && millis <= MAX_POLL_MS) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "KEY_POLL_MS is \"%s\"; it must be a number of milliseconds from %d to %d, a day"
            .formatted(text, MIN_POLL_MS, MAX_POLL_MS));
  }

  private static InetAddress address(String text) {
    try {
      return text.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "BIND is \"%s\", which is no address of this machine".formatted(text), e);
    }
  }

  /** The URL at which a browser on this machine finds the server. */
  String url(int boundPort) {
    boolean local = address.isLoopbackAddress() || address.isAnyLocalAddress();
    String host = local ? "localhost" : address.getHostAddress();
    return "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, boundPort);
  }
}
