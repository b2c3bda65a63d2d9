package dev.madeleine.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * The response as the application sees it: the container's, with our headers brought up to date
 * before what commits it, for values that were changed in place, and after what clears it.
 */
final class SessionResponse extends HttpServletResponseWrapper {
  private final Exchange exchange;

  SessionResponse(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.exchange = exchange;
  }

  @Override
  public void reset() {
    super.reset();
    exchange.write();
  }

  @Override
  public void flushBuffer() throws IOException {
    exchange.finish();
    super.flushBuffer();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    exchange.finish();
    super.sendRedirect(location);
  }

  @Override
  public void sendError(int status) throws IOException {
    exchange.finish();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    exchange.finish();
    super.sendError(status, message);
  }

  /** The argument: the session never travels in a URL. */
  @Override
  public String encodeURL(String url) {
    return url;
  }

  /** The argument: the session never travels in a URL. */
  @Override
  public String encodeRedirectURL(String url) {
    return url;
  }
}
