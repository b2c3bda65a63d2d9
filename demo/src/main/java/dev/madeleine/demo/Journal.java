package dev.madeleine.demo;

import dev.madeleine.SessionEvent;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session events of the current request, so that the page can show them. Hands them on, too.
 *
 * <p>Events are reported on the thread of their request, so a thread's events are the request's.
 */
final class Journal implements Consumer<SessionEvent>, Filter {
  private static final ThreadLocal<@Nullable List<SessionEvent>> CURRENT = new ThreadLocal<>();

  private final Consumer<SessionEvent> next;

  Journal(Consumer<SessionEvent> next) {
    this.next = next;
  }

  @Override
  public void accept(SessionEvent event) {
    List<SessionEvent> current = CURRENT.get();
    if (current != null && !event.isRoutine()) {
      current.add(event);
    }
    next.accept(event);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CURRENT.set(new ArrayList<>());
    try {
      chain.doFilter(request, response);
    } finally {
      CURRENT.remove();
    }
  }

  /** The events of this request so far. */
  List<SessionEvent> soFar() {
    List<SessionEvent> current = CURRENT.get();
    return current == null ? List.of() : List.copyOf(current);
  }

  /** The events of this action alone; they do not count as the request's. */
  List<SessionEvent> during(Runnable action) {
    List<SessionEvent> before = CURRENT.get();
    List<SessionEvent> own = new ArrayList<>();
    CURRENT.set(own);
    try {
      action.run();
    } finally {
      CURRENT.set(before);
    }
    return own;
  }
}
