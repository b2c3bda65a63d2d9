package dev.madeleine.containers;

import dev.madeleine.CookieOptions;
import dev.madeleine.KeyRing;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.SessionsBuilder;
import dev.madeleine.servlet.SessionFilter;
import dev.madeleine.servlet.SessionFilterBuilder;
import dev.madeleine.servlet.SessionFilterBuilder.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The applications of the scenarios on one host.
 *
 * <ul>
 *   <li>root: verdicts, listeners, an error page; below /around between two other filters
 *   <li>/two: two sessions, an error page
 *   <li>/shop and /blog: nothing but the defaults; in /blog the filter is mapped for forwards and
 *       includes too
 *   <li>/strict: a late change throws
 *   <li>/told: the container is told of its sessions otherwise than the filter
 *   <li>/kept: an empty session is kept
 * </ul>
 */
final class Applications {
  /** The error page of applications that have one, below their context. */
  static final String ERROR_PAGE = "/error-page";

  /** The cookie of the second session in /two; that of the first has the name for this context. */
  static final String SECOND = "__Host-second";

  /** The header that carries the session of /header. */
  static final String HEADER = "X-Session";

  /** What the filter is to be mapped for. */
  private static final EnumSet<DispatcherType> USUAL =
      EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

  private final Site site;
  private final Sessions sessions;

  Applications(Site site) {
    this.site = site;
    SessionPolicy policy =
        SessionPolicy.defaults().withClock(site.clock()::get).withRevocationInMemory(1000);
    sessions =
        Sessions.builder(site.cookies().keys())
            .policy(policy)
            .attributes(SessionCookies.DECLARED)
            .listener(site::heard)
            .build();
  }

  List<WebApplication> all() {
    return List.of(
        new WebApplication("", null, (types, context) -> root(context), ERROR_PAGE),
        new WebApplication("/two", null, (types, context) -> two(context), ERROR_PAGE),
        plain("/shop", SessionFilter.builder(sessions), USUAL),
        plain("/blog", SessionFilter.builder(sessions), EnumSet.allOf(DispatcherType.class)),
        plain("/strict", SessionFilter.builder(sessions).throwWhenLate(), USUAL),
        new WebApplication("/told", null, (types, context) -> told(context), null),
        plain("/kept", SessionFilter.builder(sessions).keepEmptySessions(), USUAL),
        plain("/parts", SessionFilter.builder(sessions(SessionTransport::chunked, "parts")), USUAL),
        plain("/older", SessionFilter.builder(sessions(SessionTransport::cookie, "older")), USUAL),
        plain("/newer", SessionFilter.builder(moving()), USUAL),
        plain(
            "/header",
            SessionFilter.builder(
                build(Sessions.builder(SessionTransport.header(HEADER, signed())))),
            USUAL));
  }

  private NativeEncoder signed() {
    KeyRing keys = site.cookies().keys();
    return NativeEncoder.signed(() -> keys, "session");
  }

  private Sessions sessions(
      BiFunction<CookieOptions, NativeEncoder, SessionTransport> layout, String name) {
    return build(Sessions.builder(layout.apply(CookieOptions.named(name), signed())));
  }

  private Sessions moving() {
    SessionTransport older = SessionTransport.cookie(CookieOptions.named("older"), signed());
    SessionTransport newer = SessionTransport.cookie(CookieOptions.named("newer"), signed());
    return build(Sessions.builder(newer).reading(older));
  }

  private Sessions build(SessionsBuilder builder) {
    return builder
        .policy(SessionPolicy.defaults().withClock(site.clock()::get))
        .listener(site::heard)
        .build();
  }

  private void root(ServletContext context) {
    SessionFilter filter =
        SessionFilter.builder(sessions)
            .attribute("request-only", Verdict.REQUEST_ONLY)
            .attribute("framework.*", Verdict.REQUEST_ONLY)
            .attribute("refused", Verdict.REFUSE)
            .type(Values.RequestOnly.class, Verdict.REQUEST_ONLY)
            .type(Values.Refused.class, Verdict.REFUSE)
            .listener(site.log().listener("first"))
            .listener(site.log().listener("second"))
            .build();
    add(context, "outer", new OuterFilter(), "/around/*");
    add(context, "sessions", filter, "/*");
    add(context, "inner", new InnerFilter(), "/around/*");
    handlers(context);
  }

  private void two(ServletContext context) {
    Sessions second = sessions.withCookie(CookieOptions.named(SECOND));
    add(context, "sessions", new SessionFilter(sessions), "/*");
    add(context, "second sessions", new SessionFilter(second), "/*");
    handlers(context);
  }

  private void told(ServletContext context) {
    context.setSessionTimeout(60);
    context.getSessionCookieConfig().setName("told");
    context.getSessionCookieConfig().setAttribute("Priority", "High");
    add(context, "sessions", new SessionFilter(sessions), "/*");
    handlers(context);
  }

  private WebApplication plain(
      String path, SessionFilterBuilder filter, EnumSet<DispatcherType> types) {
    return new WebApplication(
        path,
        null,
        (classes, context) -> {
          add(context, "sessions", filter.build(), "/*", types);
          handlers(context);
        },
        null);
  }

  private static void add(ServletContext context, String name, Filter filter, String pattern) {
    add(context, name, filter, pattern, USUAL);
  }

  private static void add(
      ServletContext context,
      String name,
      Filter filter,
      String pattern,
      EnumSet<DispatcherType> types) {
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(types, true, pattern);
  }

  private void handlers(ServletContext context) {
    context.setAttribute(Values.Told.LOG, site.log());
    ServletRegistration.Dynamic servlet = context.addServlet("handlers", site.handlers().servlet());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    context.addServlet("target", site.handlers().servlet("/target")).setAsyncSupported(true);
  }
}
