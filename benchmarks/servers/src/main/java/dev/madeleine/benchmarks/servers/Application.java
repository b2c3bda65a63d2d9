package dev.madeleine.benchmarks.servers;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Sessions;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The measured application: at most one filter, and two servlets. */
final class Application implements ServletContainerInitializer {
  private final SessionUse use;
  private final @Nullable Filter filter;
  private final @Nullable SpringSessions listener;

  private Application(SessionUse use, @Nullable Filter filter, @Nullable SpringSessions listener) {
    this.use = use;
    this.filter = filter;
    this.listener = listener;
  }

  /**
   * The application with this kind of session, as each product's documents begin: defaults, and a
   * new key.
   *
   * @param redisPort where Redis is on this machine, for the kinds that need it
   */
  static Application of(SessionKind kind, int redisPort) {
    switch (kind.store()) {
      case MADELEINE -> {
        KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
        return new Application(kind.use(), new SessionFilter(Sessions.of(keys)), null);
      }
      case REDIS -> {
        SpringSessions sessions = new SpringSessions(redisPort);
        return new Application(kind.use(), sessions.filter(), sessions);
      }
      default -> {
        return new Application(kind.use(), null, null);
      }
    }
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> handled, ServletContext context) {
    if (filter != null) {
      FilterRegistration.Dynamic registration = context.addFilter("session", filter);
      registration.setAsyncSupported(true);
      registration.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
          false,
          "/*");
    }
    if (listener != null) {
      context.addListener(listener);
    }
    context.addServlet("login", new LoginServlet()).addMapping("/login");
    context.addServlet("views", new ViewsServlet(use)).addMapping("/views");
  }
}
