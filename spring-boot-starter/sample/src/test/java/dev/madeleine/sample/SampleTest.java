package dev.madeleine.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample in a process of its own, without a key, in Chromium. */
class SampleTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of the browser, in milliseconds. */
  private static final double LIMIT = 60_000;

  private static final Pattern URL = Pattern.compile("open (http://localhost:\\d+) ");

  @TempDir private Path folder;

  @Test
  void aCustomerGoesFromNodeToNode() throws Exception {
    Path chromium = chromium();
    Path output = folder.resolve("output");
    Process sample = start(output);
    try (Playwright playwright = Playwright.create()) {
      List<String> nodes = urls(sample, output);
      assertThat(Files.readString(output)).contains("a key made for this run");
      PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT);
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(chromium)
                      .setTimeout(LIMIT)
                      .setArgs(
                          List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
      visit(browser.newContext(), nodes.get(0), nodes.get(1));
      logOutEverywhere(browser, nodes.get(0), nodes.get(1));
    } finally {
      sample.destroyForcibly().onExit().join();
    }
  }

  private static void visit(BrowserContext customer, String here, String there) {
    Page page = open(customer, here);
    logIn(page, "tea");
    assertThat(page.locator("body")).containsText("Invalid credentials");
    logIn(page, "cake");
    assertThat(page.locator("#user")).hasText("marcel");

    page.locator("select").selectOption("madeleine");
    press(page, "Add to cart");
    assertThat(page.locator("#message")).hasText("One more madeleine");
    assertThat(page.locator("#cart li")).hasText(new String[] {"1 madeleine"});

    page.navigate(there);
    assertThat(page.locator("#port")).hasText(there.substring(there.lastIndexOf(':') + 1));
    assertThat(page.locator("#message")).hasText("");
    press(page, "Add to cart");
    assertThat(page.locator("#cart li")).hasText(new String[] {"2 madeleine"});

    List<Cookie> cookies = customer.cookies();
    assertThat(cookies).extracting(cookie -> cookie.name).containsExactly("__Host-session");
    assertThat(cookies.get(0).httpOnly).isTrue();

    press(page, "Log out");
    assertThat(page.locator("body")).containsText("You have been signed out");
    page.navigate(here);
    assertThat(page.getByLabel("Password")).isVisible();
  }

  private static void logOutEverywhere(Browser browser, String here, String there) {
    Page desk = open(browser.newContext(), here);
    logIn(desk, "cake");
    assertThat(desk.locator("#user")).hasText("marcel");
    Page phone = open(browser.newContext(), there);
    logIn(phone, "cake");
    assertThat(phone.locator("#user")).hasText("marcel");

    press(desk, "Log out everywhere");

    assertThat(desk.locator("body")).containsText("You have been signed out");
    phone.reload();
    assertThat(phone.getByLabel("Password")).isVisible();
  }

  private static Page open(BrowserContext context, String url) {
    context.setDefaultTimeout(LIMIT);
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  private static void logIn(Page page, String password) {
    page.getByLabel("Username").fill("marcel");
    page.getByLabel("Password").fill(password);
    press(page, "Sign in");
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static Process start(Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Sample.class.getName(),
            "--two");
    builder.environment().remove("MADELEINE_KEYS");
    builder.environment().put("PORT", String.valueOf(port()));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** A port below those that the kernel gives to clients, free like the next one. */
  private static int port() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket first = new ServerSocket(port, 1, loopback);
          ServerSocket second = new ServerSocket(port + 1, 1, loopback)) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (BindException e) {
        // Somebody else's; the next one.
      }
    }
  }

  /** Where both nodes are, once they are. */
  private static List<String> urls(Process process, Path output) throws Exception {
    Instant until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      List<String> urls = new ArrayList<>();
      Matcher url = URL.matcher(Files.readString(output));
      while (url.find()) {
        urls.add(url.group(1));
      }
      if (urls.size() == 2) {
        return urls;
      }
      assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
      Thread.sleep(20);
    }
    throw new AssertionError("does not start: " + Files.readString(output));
  }

  /** Where it is missing the test is skipped, or fails when {@code madeleine.ci} is true. */
  private static Path chromium() {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "chromium"))
            .filter(Files::isExecutable)
            .findFirst();
    String reason = "chromium is not installed";
    if (Boolean.getBoolean("madeleine.ci")) {
      assertThat(found).as(reason).isPresent();
    }
    assumeTrue(found.isPresent(), reason);
    return found.orElseThrow();
  }
}
