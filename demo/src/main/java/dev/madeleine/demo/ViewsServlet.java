package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code GET /views} counts one more visit: {@code {"views":3}}. */
final class ViewsServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      int views = Visits.countOn(request.getSession());
      Answer.json(response, HttpServletResponse.SC_OK, Map.of(Visits.ATTRIBUTE, views));
    } catch (IllegalArgumentException e) {
      Answer.json(response, Answer.REFUSED, Map.of("error", String.valueOf(e.getMessage())));
    }
  }
}
