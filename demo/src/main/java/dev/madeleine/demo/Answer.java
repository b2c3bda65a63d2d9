package dev.madeleine.demo;

import dev.madeleine.json.JsonSerializer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The forms of an answer that several servlets give. */
final class Answer {
  /** The status of an answer to a well-formed request that cannot be carried out. */
  static final int REFUSED = 422;

  private Answer() {}

  /** Whether a person is asking: browsers ask for HTML, programs do not. */
  static boolean wantsHtml(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  /** Answers with JSON, written by the serializer that also writes the cookie. */
  static void json(HttpServletResponse response, int status, Map<String, Object> members)
      throws IOException {
    byte[] body = JsonSerializer.PLAIN.toBytes(members);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Sends the browser on to a page, so that reloading it does not repeat what was done. */
  static void seeOther(HttpServletResponse response, String location) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", location);
  }

  /** Answers with a line of text. */
  static void text(HttpServletResponse response, int status, String line) throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(line);
  }
}
