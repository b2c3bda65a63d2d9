package dev.madeleine.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Sessions;
import dev.madeleine.frameworks.Browser.Page;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Wicket can do behind the filter, and what it cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WicketTest {
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private TomcatNode node;

  @BeforeAll
  void start() throws Exception {
    node =
        new TomcatNode(
            new SessionFilter(Sessions.of(Keys.RING)),
            context -> {
              TomcatNode.filter(context, this::recordFailures, DispatcherType.REQUEST);
              TomcatNode.filter(context, WicketShop.filter(), DispatcherType.REQUEST);
            });
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
  }

  @Test
  void statelessPageNeedsNoSession() throws Exception {
    Browser browser = new Browser(node.port());

    Page page = browser.get("/stateless");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.setCookies()).isEmpty();
  }

  @Test
  void statefulPageIsRefusedByTheNameOfItsAttribute() {
    Browser browser = new Browser(node.port());

    assertThatThrownBy(() -> browser.get("/stateful")).isInstanceOf(IOException.class);

    assertThat(failure.get())
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("Wicket:SessionUnbindingListener-")
        .hasMessageContaining("HttpSessionStore$SessionBindingListener");
  }

  private void recordFailures(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException e) {
      failure.set(e);
      throw e;
    }
  }
}
