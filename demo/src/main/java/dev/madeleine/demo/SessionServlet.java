package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /session} answers with the session's attributes and changes nothing. */
final class SessionServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    HttpSession session = request.getSession(false);
    if (session != null) {
      for (String name : Collections.list(session.getAttributeNames())) {
        attributes.put(name, session.getAttribute(name));
      }
    }
    Answer.json(response, HttpServletResponse.SC_OK, attributes);
  }
}
