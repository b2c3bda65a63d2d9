package dev.madeleine.demo;

import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application: filters and servlets as any servlet container takes them. Only {@link
 * SessionFilter} makes its sessions stateless.
 */
final class DemoApplication implements ServletContainerInitializer {
  private final Sessions sessions;
  private final Sessions api;
  private final KeyFile keys;
  private final Journal journal;

  /**
   * The application.
   *
   * @param sessions in a cookie, for browsers
   * @param api in a header, for programs and mobile shells, below {@code /api}
   */
  DemoApplication(Sessions sessions, Sessions api, KeyFile keys, Journal journal) {
    this.sessions = sessions;
    this.api = api;
    this.keys = keys;
    this.journal = journal;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> handled, ServletContext context)
      throws ServletException {
    context.setRequestCharacterEncoding("UTF-8");
    filter(context, "same-origin", "/*", new SameOriginFilter());
    filter(context, "journal", "/*", journal);
    filter(context, "session", "/*", new SessionFilter(sessions));
    filter(context, "api-session", "/api/*", new SessionFilter(api));

    Experiments experiments = new Experiments(sessions, journal, new SecureRandom());
    Page page = new Page(sessions, keys, journal, experiments, InstantSource.system());
    servlet(context, "", new PageServlet(page));
    servlet(context, "/attributes", new AttributeServlet(page));
    servlet(context, "/login", new LoginServlet(page));
    servlet(context, "/logout", new LogoutServlet());
    servlet(context, "/rotate", new RotateServlet(keys, page));
    servlet(context, "/views", new ViewsServlet());
    servlet(context, "/session", new SessionServlet());
    servlet(context, "/api/views", new ViewsServlet());
    servlet(context, "/api/session", new SessionServlet());
    servlet(context, "/api/login", new LoginServlet(page));
    servlet(context, "/api/logout", new LogoutServlet());
    servlet(context, "/healthz", new HealthServlet());
    servlet(context, "/cookie.css", new CookieCheckServlet(sessions.transport().name()));
    servlet(context, "/", new NotFoundServlet());
    try {
      servlet(context, "/style.css", new FileServlet("style.css", "text/css"));
      servlet(context, "/madeleine.svg", new FileServlet("madeleine.svg", "image/svg+xml"));
    } catch (IOException e) {
      throw new ServletException(e);
    }
  }

  private static void filter(ServletContext context, String name, String pattern, Filter filter) {
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        true,
        pattern);
  }

  private static void servlet(ServletContext context, String pattern, Servlet servlet) {
    context.addServlet(servlet.getClass().getSimpleName() + pattern, servlet).addMapping(pattern);
  }
}
