package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * {@code POST /rotate} lets a new key sign. It leaves the session alone, so that the page that
 * follows still comes with a cookie of the old key and can tell what becomes of it.
 */
final class RotateServlet extends HttpServlet {
  private final KeyFile keys;
  private final Page page;

  RotateServlet(KeyFile keys, Page page) {
    this.keys = keys;
    this.page = page;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String signing;
    try {
      signing = keys.rotate().signingKey().id();
    } catch (IOException | IllegalArgumentException e) {
      page.refused(request, response, "the key file cannot be rotated: " + e.getMessage());
      return;
    }
    if (Answer.wantsHtml(request)) {
      Answer.seeOther(response, "/?did=rotate#experiments");
    } else {
      Answer.json(response, HttpServletResponse.SC_OK, Map.of("signing", signing));
    }
  }
}
