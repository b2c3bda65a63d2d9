package dev.madeleine.frameworks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.shiro.SecurityUtils;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.Subject;
import org.apache.shiro.web.env.EnvironmentLoaderListener;
import org.apache.shiro.web.servlet.ShiroFilter;

/** An application of Shiro that knows nothing of Madeleine, see shiro.ini. */
final class ShiroShop extends HttpServlet {
  private static final long serialVersionUID = 1;

  /**
   * Adds the application to a context, as web.xml would.
   *
   * @param configuration where shiro.ini is
   */
  static void addTo(Context context, String configuration) {
    context.addParameter("shiroConfigLocations", configuration);
    context.addApplicationListener(EnvironmentLoaderListener.class.getName());
    TomcatNode.filter(
        context,
        new ShiroFilter(),
        DispatcherType.REQUEST,
        DispatcherType.FORWARD,
        DispatcherType.INCLUDE,
        DispatcherType.ERROR);
    Tomcat.addServlet(context, "shop", new ShiroShop()).addMapping("/shop/*");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Subject subject = SecurityUtils.getSubject();
    switch (request.getPathInfo()) {
      case "/login" -> response.getWriter().print(request.getAttribute("shiroLoginFailure"));
      case "/become" -> subject.runAs(new SimplePrincipalCollection("celeste", "iniRealm"));
      case "/become-again" -> subject.releaseRunAs();
      default ->
          response
              .getWriter()
              .print(
                  "%s %s reader %s cook %s query %s"
                      .formatted(
                          subject.isAuthenticated(),
                          subject.getPrincipal(),
                          subject.hasRole("reader"),
                          subject.hasRole("cook"),
                          request.getQueryString()));
    }
  }
}
