package dev.madeleine.spring;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application as two nodes with one key, or as one node with the container's own sessions. */
final class TwoNodes implements AutoCloseable {
  // Before an application uses the HTTP client.
  static {
    Browser.allowHost();
  }

  private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

  /** The argument that every node gets first. */
  private final String first;

  private TwoNodes(String first) {
    this.first = first;
  }

  /** Two nodes with sessions in a cookie. */
  static TwoNodes of(Class<?> application, String... properties) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    String keys = "--madeleine.keys=base64:" + Base64.getEncoder().encodeToString(key);
    TwoNodes started = new TwoNodes(keys);
    started.start(application, properties);
    started.start(application, properties);
    return started;
  }

  /** One node with the sessions of its container. */
  static TwoNodes without(Class<?> application, String... properties) {
    TwoNodes started =
        new TwoNodes(
            "--spring.autoconfigure.exclude=dev.madeleine.spring.MadeleineAutoConfiguration");
    started.start(application, properties);
    return started;
  }

  /** Starts one more node with the same key. */
  void start(Class<?> application, String... properties) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                first,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn"));
    arguments.addAll(List.of(properties));
    nodes.add(SpringApplication.run(application, arguments.toArray(String[]::new)));
  }

  ConfigurableApplicationContext node(int index) {
    return nodes.get(index);
  }

  int size() {
    return nodes.size();
  }

  int port(int index) {
    return Integer.parseInt(
        nodes.get(index).getEnvironment().getRequiredProperty("local.server.port"));
  }

  Browser browser() {
    return new Browser(IntStream.range(0, nodes.size()).map(this::port).boxed().toList());
  }

  @Override
  public void close() {
    nodes.forEach(ConfigurableApplicationContext::close);
  }
}
