package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A style sheet that uncovers the page's warning when the browser asks for it without the cookie
 * that was sent with the page: it did not keep it. Works without a script.
 */
final class CookieCheckServlet extends HttpServlet {
  private static final String UNCOVER = "#cookie-lost { display: block; }";

  private final String cookieName;

  CookieCheckServlet(String cookieName) {
    this.cookieName = cookieName;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/css");
    response.setHeader("Cache-Control", "no-store");
    boolean came = BrowserCookie.cameWith(request, cookieName) != null;
    response.getWriter().println(came ? "/* It came back. */" : UNCOVER);
  }
}
