package dev.madeleine.frameworks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.pac4j.core.authorization.generator.AuthorizationGenerator;
import org.pac4j.core.config.Config;
import org.pac4j.core.profile.ProfileManager;
import org.pac4j.core.profile.UserProfile;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.http.client.indirect.FormClient;
import org.pac4j.http.credentials.authenticator.test.SimpleTestUsernamePasswordAuthenticator;
import org.pac4j.jee.context.JEEContext;
import org.pac4j.jee.context.session.JEESessionStore;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.LogoutFilter;
import org.pac4j.jee.filter.SecurityFilter;

/**
 * An application of pac4j that knows nothing of Madeleine. A password is right if it is the name.
 */
final class Pac4jShop extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Adds the application to a context, as web.xml would. */
  static void addTo(Context context) {
    addTo(context, new CallbackFilter());
  }

  /**
   * The same with a listener to logins.
   *
   * @param callback the filter that logs in
   * @param listeners what hears of each login
   */
  static void addTo(Context context, CallbackFilter callback, AuthorizationGenerator... listeners) {
    FormClient form = new FormClient("/login", new SimpleTestUsernamePasswordAuthenticator());
    form.addAuthorizationGenerator(
        (call, profile) -> {
          profile.addRole("reader");
          return Optional.of(profile);
        });
    form.addAuthorizationGenerators(List.of(listeners));
    Config config = new Config("/callback", form);
    callback.setConfig(config);
    callback.setDefaultUrl("/account");
    filter(context, "/account", new SecurityFilter(config, "FormClient", "csrfCheck"));
    filter(context, "/callback", callback);
    LogoutFilter logout = new LogoutFilter(config, "/login");
    logout.setDestroySession(true);
    filter(context, "/logout", logout);
    Wrapper shop = Tomcat.addServlet(context, "shop", new Pac4jShop());
    shop.addMapping("/login");
    shop.addMapping("/account");
  }

  private static void filter(Context context, String path, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(path);
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(path);
    map.addURLPattern(path);
    map.setDispatcher(DispatcherType.REQUEST.name());
    context.addFilterMap(map);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals("/login")) {
      response.getWriter().print("error " + request.getParameter("error"));
      return;
    }
    JEEContext context = new JEEContext(request, response);
    Optional<UserProfile> profile = new ProfileManager(context, new JEESessionStore()).getProfile();
    response
        .getWriter()
        .print(
            "%s %s via %s %s %s token %s"
                .formatted(
                    request.getMethod(),
                    profile.map(UserProfile::getUsername).orElse("nobody"),
                    profile.map(UserProfile::getClientName).orElse("nothing"),
                    profile.map(UserProfile::getRoles).orElseThrow(),
                    request.getParameter("item"),
                    request.getAttribute(Pac4jConstants.CSRF_TOKEN)));
  }
}
