package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.shop.Shop;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The shop, processed ahead of time as by {@code spring-boot:process-aot}, and started from that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AheadOfTimeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private Path folder;
  private Path sources;
  private Path resources;
  private Path classes;

  /** No key is there yet: images are built without secrets. */
  @BeforeAll
  void process(@TempDir Path temporary) throws Exception {
    folder = temporary;
    sources = folder.resolve("sources");
    resources = folder.resolve("resources");
    classes = folder.resolve("classes");
    for (Path part : List.of(sources, resources, classes)) {
      Files.createDirectories(part);
    }
    Path output = folder.resolve("processing");
    Process processing =
        start(
            output,
            CLASS_PATH,
            "org.springframework.boot.SpringApplicationAotProcessor",
            Shop.class.getName(),
            sources.toString(),
            resources.toString(),
            classes.toString(),
            "dev.madeleine",
            "shop");
    try {
      assertThat(processing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(processing.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      processing.destroyForcibly();
    }
    compile();
  }

  private void compile() throws Exception {
    // The classes that were generated as such are used by the sources.
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn"));
    arguments.addAll(List.of("-cp", join(classes, CLASS_PATH), "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
  }

  @Test
  void describesTheStartersTypes() throws Exception {
    StringBuilder metadata = new StringBuilder();
    try (Stream<Path> files = Files.walk(resources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        metadata.append(Files.readString(file));
      }
    }

    assertThat(metadata)
        .contains("published-secrets.txt")
        .contains(MadeleineProperties.class.getName())
        .contains(MadeleineProperties.Cookie.class.getName())
        .contains("dev.madeleine.spring.security.SecurityProperties")
        .contains("dev.madeleine.spring.security.SessionHttpConfigurer");
  }

  @Test
  void startsFromWhatWasGenerated() throws Exception {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Path output = folder.resolve("output");
    Process shop =
        start(
            output,
            join(classes, resources, CLASS_PATH),
            "-Dspring.aot.enabled=true",
            Shop.class.getName(),
            "--madeleine.keys=base64:" + Base64.getEncoder().encodeToString(key),
            "--madeleine.cookie.same-site=Strict",
            "--server.port=0",
            "--server.address=127.0.0.1");
    try {
      Browser browser = new Browser(List.of(port(shop, output)));
      assertThat(Files.readString(output)).contains("AOT-processed");

      HttpResponse<String> page = browser.get("/login");
      assertThat(page.headers().firstValue("Set-Cookie").orElse(""))
          .startsWith("__Host-session=")
          .contains("SameSite=Strict");
      HttpResponse<String> wrong = logIn(browser, page, "tea");
      assertThat(Browser.location(wrong)).isEqualTo("/login?error");
      HttpResponse<String> again = browser.follow(wrong);
      assertThat(browser.get("/public/why").body()).isEqualTo("Bad credentials");
      assertThat(Browser.location(logIn(browser, again, "cake"))).startsWith("/");
      assertThat(browser.get("/me").body()).isEqualTo("marcel [ROLE_READER, ROLE_WRITER]");
      assertThat(browser.follow(browser.post("/public/send", "text", "hello")).body())
          .isEqualTo("message hello");
      assertThat(browser.post("/public/basket", "item", "tea").body()).isEqualTo("tea");
      assertThat(browser.post("/public/basket", "item", "cake").body()).isEqualTo("tea, cake");
    } finally {
      shop.destroyForcibly().onExit().join();
    }
  }

  private static HttpResponse<String> logIn(
      Browser browser, HttpResponse<String> page, String password) throws Exception {
    return browser.postWithoutToken(
        "/login",
        Map.of("username", "marcel", "password", password, "_csrf", Browser.token(page)));
  }

  private static String join(Object... paths) {
    return Stream.of(paths).map(Object::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Process start(Path output, String classPath, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("MADELEINE_KEYS");
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static int port(Process process, Path output) throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      Matcher port = PORT.matcher(Files.readString(output));
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
      assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
      Thread.sleep(20);
    }
    throw new AssertionError("does not start: " + Files.readString(output));
  }
}
