package dev.madeleine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.testkit.SessionEncoderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README and the documents: their Java compiles, their examples do what they show. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String KEY = "base64:vi4AI+zvyG2ntYysZH1nypS8rNgtEFCxM0DwgcunLi8=";

  /** The documents whose Java is compiled. */
  private static final List<String> COMPILED =
      List.of(
          "README.md",
          "docs/concepts.md",
          "docs/transports.md",
          "docs/encoders.md",
          "docs/migration.md",
          "docs/observability.md",
          "docs/operations.md",
          "docs/stores.md");

  private static final String IMPORTS =
      """
      import com.fasterxml.jackson.databind.ObjectMapper;
      import com.fasterxml.jackson.databind.json.JsonMapper;
      import com.sun.net.httpserver.*;
      import dev.madeleine.*;
      import dev.madeleine.encoders.*;
      import dev.madeleine.keys.*;
      import dev.madeleine.micrometer.*;
      import dev.madeleine.servlet.*;
      import dev.madeleine.store.redis.*;
      import dev.madeleine.testkit.*;
      import io.micrometer.core.instrument.*;
      import jakarta.servlet.*;
      import java.io.*;
      import com.fasterxml.jackson.databind.*;
      import com.fasterxml.jackson.databind.json.*;
      import java.math.*;
      import java.net.*;
      import java.nio.*;
      import java.nio.charset.*;
      import java.nio.file.*;
      import java.security.*;
      import java.time.*;
      import java.util.*;
      import java.util.Base64.*;
      import java.util.concurrent.atomic.*;
      import java.util.function.*;
      import redis.clients.jedis.*;
      """;

  @TempDir Path work;

  /** The contents of the fenced blocks of a language in a document. */
  private static List<String> blocks(String document, String language) throws IOException {
    Matcher fence =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve(document)));
    return fence.results().map(result -> result.group(1)).toList();
  }

  @TestFactory
  Stream<DynamicTest> compilesEveryJavaBlock() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String document : COMPILED) {
      List<String> blocks = blocks(document, "java");
      assertThat(blocks).as(document).isNotEmpty();
      for (int i = 0; i < blocks.size(); i++) {
        String block = blocks.get(i);
        tests.add(
            DynamicTest.dynamicTest(
                document + " block " + (i + 1), () -> compile(work, block, "")));
      }
    }
    return tests.stream();
  }

  @Test
  void firstExamplePrintsACookieOfTheShapeThatIsShown() throws Exception {
    String printed = runFirstExample();

    assertThat(printed).contains("Vary: Cookie\n").contains("Cache-Control: no-store\n");
    assertThat(shape(setCookie(printed))).isEqualTo(shape(shownCookie()));
  }

  @Test
  void shellLineShowsTheJson() throws Exception {
    String shown = blocks("README.md", "json").get(0).strip();

    assertThat(shell(value(shownCookie()))).isEqualTo(shown);
    assertThat(shell(value(setCookie(runFirstExample())))).isEqualTo(shown);
  }

  @Test
  void counterCounts() throws Exception {
    String counter = find("class Counter");
    Path classes = compile(work, counter, "");
    boolean counted = false;
    for (int i = 0; i < 5 && !counted; i++) {
      counted = counts(classes, Ports.free());
    }
    assertThat(counted).isTrue();
  }

  /** Whether the counter served at this port, which another process may have taken meanwhile. */
  private static boolean counts(Path classes, int port) throws Exception {
    Process server = java(classes, "Counter", String.valueOf(port)).start();
    try {
      if (!listens(server, port)) {
        return false;
      }
      HttpResponse<String> first = get(port, null);
      HttpResponse<String> second = get(port, value(first));

      assertThat(first.body()).isEqualTo("views: 1\n");
      assertThat(second.body()).isEqualTo("views: 2\n");
      return true;
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  /** Waits until a server listens at the port; false if this one has ended. */
  private static boolean listens(Process server, int port) throws InterruptedException {
    Instant until = Instant.now().plusSeconds(60);
    while (server.isAlive() && Instant.now().isBefore(until)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected() && server.isAlive();
      } catch (IOException e) {
        Thread.sleep(50); // Not yet.
      }
    }
    return false;
  }

  /** A vault as a company may have it, and the README's encoder under its contract. */
  private static final String CONTRACT =
      """
      static class AesVault implements Vault {
        static final javax.crypto.SecretKey KEY =
            new javax.crypto.spec.SecretKeySpec("thirty-two bytes for this test!!".getBytes(StandardCharsets.US_ASCII), "AES");
        static javax.crypto.Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
          javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
          cipher.init(mode, KEY, new javax.crypto.spec.GCMParameterSpec(128, nonce));
          return cipher;
        }
        public byte[] lock(byte[] bytes) {
          byte[] nonce = new byte[12];
          new SecureRandom().nextBytes(nonce);
          ByteArrayOutputStream sealed = new ByteArrayOutputStream();
          try {
            sealed.writeBytes(nonce);
            sealed.writeBytes(cipher(javax.crypto.Cipher.ENCRYPT_MODE, nonce).doFinal(bytes));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
          return sealed.toByteArray();
        }
        public byte[] open(byte[] bytes) throws GeneralSecurityException {
          return cipher(javax.crypto.Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, 12))
              .doFinal(bytes, 12, bytes.length - 12);
        }
      }
      public static class Contract extends SessionEncoderContract {
        protected SessionEncoder encoder() { return new VaultEncoder(new AesVault()); }
        protected List<String> secrets() { return List.of("thirty-two"); }
      }
      """;

  @TestFactory
  Stream<DynamicTest> ownEncoderPassesItsContract() throws Exception {
    Path classes = compile(work, find("record VaultEncoder"), CONTRACT);
    URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    Class<?> contract = loader.loadClass("Snippet$Contract");
    return Stream.of(SessionEncoderContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method, contract)))
        .onClose(() -> close(loader));
  }

  private static void run(Method test, Class<?> contract) throws Throwable {
    try {
      test.setAccessible(true);
      test.invoke(contract.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ownEncoderCarriesASession() throws Exception {
    String main =
        CONTRACT
            + """
        public static void main(String[] args) {
          Sessions sessions = Sessions.builder(new VaultEncoder(new AesVault())).build();
          Session first = sessions.load(name -> null);
          first.put("views", 41L);
          String line = sessions.save(first).get(1).value();
          Session second = sessions.load(name -> List.of(line.substring(0, line.indexOf(';'))));
          System.out.println(second.isNew() + " " + second.get("views") + " " + second.created().equals(first.created()));
          System.out.println(sessions.load(name -> List.of("__Host-session=nonsense")).isNew());
        }
        """;

    assertThat(run(java(compile(work, find("record VaultEncoder"), main), "Snippet")))
        .isEqualTo("false 41 true\ntrue\n");
  }

  @Test
  void ownSerializerWorks() throws Exception {
    String serializer =
        blocks("docs/encoders.md", "java").stream()
            .filter(block -> block.contains("record Lines"))
            .findFirst()
            .orElseThrow();
    String main =
        """
        public static void main(String[] args) {
          KeyRing keys = KeyRing.parse(System.getenv("MADELEINE_KEY"));
          Sessions sessions = Sessions.builder(
              NativeEncoder.signed(() -> keys, "session").withSerializer(new Lines())).build();
          Session first = sessions.load(name -> null);
          first.put("user", "marcel");
          String line = sessions.save(first).get(1).value();
          System.out.println(
              sessions.load(name -> List.of(line.substring(0, line.indexOf(';')))).get("user"));
          for (Object refused : List.of(1, "two\\nlines")) {
            try {
              first.put("other", refused);
            } catch (IllegalArgumentException e) {
              System.out.println("refused");
            }
          }
        }
        """;

    assertThat(run(java(compile(work, serializer, main), "Snippet")))
        .isEqualTo("marcel\nrefused\nrefused\n");
  }

  @Test
  void headingsRunItAndTestItAreFollowedByExactlyTheCommand() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(readme).contains("\n## Run it\n\n```sh\ndemo/run\n```\n");
    assertThat(readme).contains("\n## Test it\n\n```sh\nmvn -B verify\n```\n");
  }

  @Test
  void documentsLinkOnlyToFilesThatExist() throws Exception {
    for (String document :
        List.of(
            "README.md",
            "RATIONALE.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "docs/formats.md",
            "docs/frameworks.md",
            "docs/spring.md")) {
      Path file = ROOT.resolve(document);
      Matcher link = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)").matcher(Files.readString(file));
      link.results().forEach(target -> assertThat(file.resolveSibling(target.group(1))).exists());
    }
  }

  private static String find(String text) throws IOException {
    return blocks("README.md", "java").stream()
        .filter(block -> block.contains(text))
        .findFirst()
        .orElseThrow();
  }

  private String runFirstExample() throws Exception {
    String main =
        "public static void main(String[] args) throws Exception { new Snippet().run(); }";
    return run(java(compile(work, blocks("README.md", "java").get(0), main), "Snippet"));
  }

  /** Compiles a block as it stands, inside a class or inside a method, and returns the folder. */
  private static Path compile(Path work, String block, String more) throws IOException {
    String source;
    String name = "Snippet";
    if (block.startsWith("public final class ")) {
      name = block.split("\\s+", 5)[3];
      source = IMPORTS + block;
    } else {
      boolean members = block.matches("(?s)(record|interface|static|class) .*");
      source =
          IMPORTS
              + "@SuppressWarnings(\"unchecked\") public class Snippet {\n"
              + "KeyRing keys; ServletContext servletContext; String newKey;\n"
              + (members ? block : "void run() throws Exception {\n" + block + "}\n")
              + more
              + "}\n";
    }
    Path out = Files.createTempDirectory(work, "snippet");
    Path file = Files.writeString(out.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(problems, Locale.ROOT, null)) {
      List<String> options =
          List.of("-proc:none", "-d", out.toString(), "-cp", System.getProperty("java.class.path"));
      compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file)).call();
    }
    assertThat(problems.getDiagnostics())
        .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .as(source)
        .isEmpty();
    return out;
  }

  private static ProcessBuilder java(Path classes, String... mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    command.addAll(List.of(mainAndArguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MADELEINE_KEY", KEY);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  private static String run(ProcessBuilder command) throws Exception {
    Process process = command.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private static String shell(String value) throws Exception {
    String line =
        blocks("README.md", "sh").stream()
            .filter(b -> b.contains("$value"))
            .findFirst()
            .orElseThrow();
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", line);
    shell.environment().putAll(Map.of("value", value));
    return run(shell);
  }

  private static HttpResponse<String> get(int port, String value) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"));
    if (value != null) {
      request.header("Cookie", "__Host-session=" + value);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String shownCookie() throws IOException {
    return setCookie(Files.readString(ROOT.resolve("README.md")));
  }

  private static String setCookie(String text) {
    return text.lines().filter(l -> l.startsWith("Set-Cookie: ")).findFirst().orElseThrow();
  }

  private static String value(String setCookie) {
    return setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
  }

  private static String value(HttpResponse<?> response) {
    return value(response.headers().firstValue("Set-Cookie").orElseThrow());
  }

  /** A Set-Cookie line with every character of its value made the same. */
  private static String shape(String setCookie) {
    String value = value(setCookie);
    return setCookie.replace(value, "x".repeat(value.length()));
  }
}
