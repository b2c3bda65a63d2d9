package dev.madeleine.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** One file that is the same for everybody. */
final class FileServlet extends HttpServlet {
  private final String contentType;
  private final byte[] content;

  /** A servlet for this file beside the classes. */
  FileServlet(String file, String contentType) throws IOException {
    this.contentType = contentType;
    try (InputStream in = FileServlet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      content = in.readAllBytes();
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(contentType);
    response.setHeader("Cache-Control", "no-cache");
    response.setContentLength(content.length);
    response.getOutputStream().write(content);
  }
}
