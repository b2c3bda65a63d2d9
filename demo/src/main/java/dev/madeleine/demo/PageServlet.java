package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /} counts one more visit and shows the page. */
final class PageServlet extends HttpServlet {
  private final Page page;

  PageServlet(Page page) {
    this.page = page;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> news = new LinkedHashMap<>();
    HttpSession session = request.getSession();
    Object idBefore = session.getAttribute(LoginServlet.ID_BEFORE);
    if (idBefore != null) {
      session.removeAttribute(LoginServlet.ID_BEFORE);
      news.put("loggedIn", Map.of("before", idBefore));
    }
    try {
      Visits.countOn(session);
    } catch (IllegalArgumentException e) {
      news.put("refused", String.valueOf(e.getMessage()));
    }
    page.show(request, response, news);
  }
}
