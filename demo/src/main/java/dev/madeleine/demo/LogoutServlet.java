package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;

/** {@code POST /logout} ends the session, with everything in it. */
final class LogoutServlet extends HttpServlet {
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    if (Answer.wantsHtml(request)) {
      Answer.seeOther(response, "/?did=logout");
    } else {
      Answer.json(response, HttpServletResponse.SC_OK, Map.of("ended", session != null));
    }
  }
}
