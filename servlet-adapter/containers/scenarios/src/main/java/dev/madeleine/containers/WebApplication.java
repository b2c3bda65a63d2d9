package dev.madeleine.containers;

import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An application to be served.
 *
 * @param context the context path, empty for the root
 * @param folder the folder with WEB-INF and static files, or null for none
 * @param initializer what registers filters and servlets in code
 * @param errorPage where the container dispatches errors to, or null
 */
public record WebApplication(
    String context,
    @Nullable Path folder,
    ServletContainerInitializer initializer,
    @Nullable String errorPage) {
  /** Checks that there is a context path and an initializer. */
  public WebApplication {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(initializer, "initializer");
  }
}
