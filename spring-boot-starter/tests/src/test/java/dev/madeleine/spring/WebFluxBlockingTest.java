package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.spring.webflux.WebFluxShop;
import dev.madeleine.spring.webflux.WebFluxShop.Member;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;

/** No thread of a WebFlux application waits for anything, whatever its session is used for. */
class WebFluxBlockingTest {
  private static final List<String> WAITING = new CopyOnWriteArrayList<>();

  // Random bytes come from /dev/urandom, a file that never lets anybody wait.
  static {
    BlockHound.install(
        detector ->
            detector
                .blockingMethodCallback(method -> note(stack(method)))
                .allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes"));
  }

  /** Notes who waits while a request is served; a thread without work may. */
  private static void note(String stack) {
    if (stack.contains("org.springframework.")) {
      WAITING.add(stack);
    }
  }

  private static String stack(Object method) {
    StringWriter text = new StringWriter();
    new Throwable(String.valueOf(method)).printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void sessionsAndLoginsNeverWait() throws Exception {
    WebFluxShop.MEMBERS.put("odette", Member.of("odette", 7, "ROLE_READER"));
    try (TwoNodes shop =
        TwoNodes.of(WebFluxShop.class, "--server.netty.max-keep-alive-requests=1")) {
      Browser browser = shop.browser();
      for (int i = 0; i < 3; i++) {
        browser.get("/saved/page?q=x");
        browser.get("/public/count");
        browser.get("/public/cart?add=cake");
        browser.post("/login", "username", "odette", "password", "cake");
        assertThat(browser.get("/me").body()).startsWith("odette");
        browser.get("/number");
        browser.get("/public/change-id");
        browser.get("/public/idle?seconds=77");
        browser.get("/public/events");
        browser.post("/logout");
        browser.get("/public/invalidate");
      }
      assertThat(WAITING).isEmpty();

      browser.get("/public/sleep");
      assertThat(WAITING).singleElement().asString().contains("Thread.sleep", "WebFluxPages");
    }
  }
}
