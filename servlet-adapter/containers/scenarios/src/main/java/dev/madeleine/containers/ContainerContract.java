package dev.madeleine.containers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * The list of scenarios that every container passes behind the session filter, over real HTTP with
 * a real client. A test class for a container extends this and says which.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ContainerContract
    implements BodyScenarios,
        RedirectAndErrorScenarios,
        DispatchScenarios,
        AsyncScenarios,
        HeaderScenarios,
        SessionScenarios,
        InvalidateScenarios,
        ChangeInPlaceScenarios,
        LateChangeScenarios,
        AttributeScenarios,
        ListenerScenarios,
        TimeScenarios,
        ThreadScenarios,
        CookieHeaderScenarios,
        TransportScenarios,
        HostScenarios,
        ProtocolScenarios,
        FolderScenarios {
  private final Container container;
  private @Nullable Site site;

  /** The contract of this container. */
  protected ContainerContract(Container container) {
    this.container = container;
  }

  @BeforeAll
  final void start() throws Exception {
    site = new Site(container);
  }

  @AfterAll
  final void stop() throws Exception {
    site().stop();
  }

  @BeforeEach
  final void clear() {
    site().clear();
  }

  @Override
  public final Site site() {
    return Objects.requireNonNull(site, "not started");
  }
}
