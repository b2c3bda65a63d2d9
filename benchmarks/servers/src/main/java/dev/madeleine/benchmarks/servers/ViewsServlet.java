package dev.madeleine.benchmarks.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The servlet that is measured. A request whose session is not there is an error, which wrk counts:
 * no figure can come from lost sessions.
 */
final class ViewsServlet extends HttpServlet {
  private final SessionUse use;

  /** A servlet that does this with each request's session. */
  ViewsServlet(SessionUse use) {
    this.use = use;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int views = use.views(request);
    if (views < SmallSession.FIRST_VIEWS) {
      response.sendError(HttpServletResponse.SC_CONFLICT);
      return;
    }
    byte[] answer = ("views " + views).getBytes(US_ASCII);
    response.setContentType("text/plain");
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }
}
