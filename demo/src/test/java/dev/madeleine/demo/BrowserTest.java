package dev.madeleine.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int WIDE = 1280;
  private static final int MEDIUM = 768;
  private static final int NARROW = 390;
  private static final int HEIGHT = 900;

  /** Milliseconds that the browser may take on a busy machine; Playwright's own limit is 5 s. */
  private static final double PATIENCE = 60_000;

  private final List<String> complaints = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;
  private DemoServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  void openBrowser() {
    Path chromium = Needed.program("chromium");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setHeadless(true)
                    .setTimeout(PATIENCE)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--host-resolver-rules=MAP elsewhere.test 127.0.0.1")));
  }

  @AfterAll
  void closeBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void visit(@TempDir Path folder) throws Exception {
    server =
        DemoServer.start(
            new Settings(0, InetAddress.getLoopbackAddress(), folder.resolve("keys"), false),
            event -> {});
    complaints.clear();
    context = browser.newContext(new Browser.NewContextOptions().setViewportSize(WIDE, HEIGHT));
    context.setDefaultTimeout(PATIENCE);
    page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.navigate(server.url());
  }

  @AfterEach
  void leave() {
    if (context != null) {
      context.close();
    }
    server.close();
  }

  @Test
  void countsVisits() {
    assertThat(page.locator("#views")).hasText("1");
    page.reload();
    page.reload();

    assertThat(page.locator("#views")).hasText("3");
    assertThat(page.locator("#cookie-lost")).isHidden();
    assertThat(page.locator("#cookie-text")).containsText(cookie().value);
    assertThat(complaints).isEmpty();
  }

  @Test
  void theCookieIsOutOfReachOfScripts() {
    assertThat(cookie().name).isEqualTo("__Host-session");
    assertThat(cookie().secure).isTrue();
    assertThat(cookie().httpOnly).isTrue();
    assertThat(cookie().path).isEqualTo("/");
    assertThat(cookie().expires).isEqualTo(-1);
  }

  @Test
  void setsAndRemovesAttributes() {
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first().fill("tea");
    page.getByLabel("Value").fill("<b>lime</b> blossom");
    page.locator("#set").click();
    assertThat(page.locator("#attributes")).containsText("<b>lime</b> blossom");
    assertThat(page.locator("#json")).containsText("\"tea\": \"<b>lime</b> blossom\"");

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove tea")).click();
    assertThat(page.locator("#attributes")).not().containsText("blossom");
    assertThat(page.locator("#views")).hasText("3");
  }

  @Test
  void tellsWhatIsRefusedAndKeepsTheForm() {
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first().fill("tea");
    page.getByLabel("Value").fill("mint");
    page.getByLabel("Type").selectOption("OPTIONAL");
    page.locator("#set").click();

    assertThat(page.locator("#refused")).containsText("java.util.Optional");
    assertThat(page.getByLabel("Value")).hasValue("mint");
    assertThat(page.getByLabel("Type")).hasValue("OPTIONAL");
    assertThat(page.locator("#views")).hasText("1");
    screenshot("refused");
  }

  @Test
  void logsInAndOut() {
    String before = page.locator("#session-id").textContent();
    page.getByPlaceholder("marcel").fill("swann");
    page.locator("#login").click();

    assertThat(page.locator("#user")).hasText("swann");
    assertThat(page.locator("#id-before")).hasText(before);
    assertThat(page.locator("#session-id")).not().hasText(before);
    assertThat(page.locator("#views")).hasText("2");
    screenshot("login");

    page.locator("#logout").click();
    assertThat(page.locator("#logged-out")).isVisible();
    assertThat(page.locator("#login")).isVisible();
    assertThat(page.locator("#views")).hasText("1");
  }

  @Test
  void tampers() {
    String id = page.locator("#session-id").textContent();
    page.locator("#tamper").click();

    assertThat(page.locator("#tamper-reason")).hasText("BAD_SEAL");
    assertThat(page.locator("#tampered")).containsText("status 200");
    assertThat(page.locator("#session-id")).hasText(id);
    assertThat(page.locator("#views")).hasText("2");
    screenshot("tamper");
  }

  @Test
  void rotates() {
    String id = page.locator("#session-id").textContent();
    String before = Anatomy.of(cookie().value).keyId();
    page.locator("#rotate").click();

    assertThat(page.locator("#key-before")).hasText(before);
    assertThat(page.locator("#key-after")).hasText(server.keys().get().signingKey().id());
    assertThat(page.locator("#session-id")).hasText(id);
    assertThat(page.locator("#views")).hasText("2");
    assertThat(Anatomy.of(cookie().value).keyId()).isNotEqualTo(before);
    screenshot("rotate");
  }

  @Test
  void moves() {
    page.locator("#move").click();

    assertThat(page.locator("#move-here")).hasText("accepted");
    assertThat(page.locator("#move-there")).hasText("BAD_SEAL");
    assertThat(page.locator("#views")).hasText("2");
    screenshot("move");
  }

  @Test
  void survivesARestartOfTheServer() throws Exception {
    server.close();
    Settings again = new Settings(0, InetAddress.getLoopbackAddress(), server.keys().path(), false);
    server = DemoServer.start(again, event -> {});
    page.navigate(server.url());

    assertThat(page.locator("#views")).hasText("2");
    assertThat(page.locator("#rejected")).isHidden();
  }

  /** On a host that is not this machine, Chromium keeps no Secure cookie of plain http. */
  @Test
  void noticesACookieThatTheBrowserDoesNotKeep() {
    page.navigate(server.url().replace("localhost", "elsewhere.test"));

    assertThat(page.locator("#cookie-lost")).isVisible();
    page.reload();
    assertThat(page.locator("#views")).hasText("1");
    screenshot("cookie-lost");
  }

  @Test
  void fitsEveryWindowInLightAndDark() {
    page.getByPlaceholder("marcel").fill("Marcel Proust");
    page.locator("#login").click();
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first().fill("tea");
    page.getByLabel("Value").fill("lime blossom, black, mint");
    page.getByLabel("Type").selectOption("LIST");
    page.locator("#set").click();
    page.locator("#tamper").click();
    assertThat(page.locator("#tampered")).isVisible();
    page.waitForLoadState();
    for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
      for (int width : List.of(WIDE, MEDIUM, NARROW)) {
        page.setViewportSize(width, HEIGHT);

        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
            .isLessThanOrEqualTo(width);
        screenshot(colors.name().toLowerCase(Locale.ROOT) + "-" + width);
      }
    }
  }

  private Cookie cookie() {
    List<Cookie> cookies = context.cookies();
    assertThat(cookies).hasSize(1);
    return cookies.get(0);
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
