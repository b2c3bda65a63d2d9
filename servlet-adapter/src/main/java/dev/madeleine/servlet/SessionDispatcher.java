package dev.madeleine.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * The container's dispatcher, with our headers brought up to date before it takes over: a forward
 * may end the response before the filter sees it again, and Undertow takes no header within an
 * include.
 */
final class SessionDispatcher implements RequestDispatcher {
  private final RequestDispatcher container;
  private final Exchange exchange;

  SessionDispatcher(RequestDispatcher container, Exchange exchange) {
    this.container = container;
    this.exchange = exchange;
  }

  @Override
  public void forward(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    exchange.update();
    container.forward(request, response);
  }

  @Override
  public void include(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    exchange.update();
    container.include(request, response);
  }
}
