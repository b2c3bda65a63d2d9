package dev.madeleine.demo;

import dev.madeleine.SessionTooLargeException;
import dev.madeleine.servlet.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /login} believes every name, and gives the session a new id, as a login must. */
final class LoginServlet extends HttpServlet {
  static final String USER = "user";

  /** The note for the page that follows: the id before the login. That page removes it. */
  static final String ID_BEFORE = "idBeforeLogin";

  private static final String DEFAULT_USER = "marcel";

  private final Page page;

  LoginServlet(Page page) {
    this.page = page;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String given = request.getParameter(USER);
    String user = given == null || given.isBlank() ? DEFAULT_USER : given.strip();
    HttpSession session = request.getSession();
    String before = session.getId();
    try {
      session.setAttribute(USER, user);
    } catch (IllegalArgumentException e) {
      page.refused(request, response, String.valueOf(e.getMessage()));
      return;
    }
    String id = SessionFilter.login(request, user);
    if (Answer.wantsHtml(request)) {
      leaveNote(session, before);
      Answer.seeOther(response, "/");
    } else {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put(USER, user);
      members.put("id", id);
      Answer.json(response, HttpServletResponse.SC_OK, members);
    }
  }

  private static void leaveNote(HttpSession session, String before) {
    try {
      session.setAttribute(ID_BEFORE, before);
    } catch (SessionTooLargeException e) {
      return; // The note does not fit; the login holds without it.
    }
  }
}
