package dev.madeleine.containers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The handlers of the running scenario by their paths, and the assertion that failed in one. */
final class Handlers {
  /** Something that may fail. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  void clear() {
    handlers.clear();
    failure.set(null);
  }

  /** Does something on a thread of its own; what it throws fails the scenario. */
  Thread inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Throws what an assertion within a handler or a thread threw. */
  void throwFailure() {
    Throwable failed = failure.getAndSet(null);
    if (failed != null) {
      throw new AssertionError("in the application: " + failed.getMessage(), failed);
    }
  }

  /** A servlet for one application that does what these handlers say. */
  HttpServlet servlet() {
    return new HandlersServlet(this, null);
  }

  /** A servlet that does what the handler of this path says, wherever it is dispatched from. */
  HttpServlet servlet(String path) {
    return new HandlersServlet(this, path);
  }

  /** Calls the handler of a request's path. */
  private static final class HandlersServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Handlers all;
    private final @Nullable String fixed;

    HandlersServlet(Handlers all, @Nullable String fixed) {
      this.all = all;
      this.fixed = fixed;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String path = request.getContextPath() + (fixed == null ? path(request) : fixed);
      Handler handler = all.handlers.get(path);
      if (handler == null) {
        response.sendError(HttpServletResponse.SC_NOT_FOUND, "no handler for " + path);
        return;
      }
      try {
        handler.handle(request, response);
      } catch (AssertionError e) {
        all.failure.compareAndSet(null, e);
      } catch (IOException | ServletException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new ServletException(e);
      }
    }

    private static String path(HttpServletRequest request) {
      Object included = request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH);
      if (request.getDispatcherType() == DispatcherType.INCLUDE && included != null) {
        return included + text(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
      }
      return request.getServletPath() + text(request.getPathInfo());
    }

    private static String text(@Nullable Object value) {
      return Objects.toString(value, "");
    }
  }
}
