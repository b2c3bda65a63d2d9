package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers for every address that nobody else answers for. */
final class NotFoundServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer.text(
        response, HttpServletResponse.SC_NOT_FOUND, "there is nothing here; the page is at /");
  }
}
