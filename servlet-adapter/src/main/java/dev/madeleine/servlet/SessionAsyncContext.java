package dev.madeleine.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * An async request as the application sees it: the container's, with our request and response, and
 * with the headers brought up to date before it is handed back.
 *
 * <p>Without this, {@code asyncContext.getRequest()} would be the container's request, whose
 * session is not ours.
 */
final class SessionAsyncContext implements AsyncContext {
  private final AsyncContext container;
  private final SessionRequest request;
  private final SessionResponse response;
  private final Exchange exchange;

  SessionAsyncContext(
      AsyncContext container, SessionRequest request, SessionResponse response, Exchange exchange) {
    this.container = container;
    this.request = request;
    this.response = response;
    this.exchange = exchange;
  }

  @Override
  public ServletRequest getRequest() {
    return container.hasOriginalRequestAndResponse() ? request : container.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return container.hasOriginalRequestAndResponse() ? response : container.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return container.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    exchange.update();
    container.dispatch();
  }

  @Override
  public void dispatch(String path) {
    exchange.update();
    container.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    exchange.update();
    container.dispatch(context, path);
  }

  @Override
  public void complete() {
    exchange.update();
    container.complete();
  }

  @Override
  public void start(Runnable task) {
    container.start(task);
  }

  @Override
  public void addListener(AsyncListener listener) {
    container.addListener(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest suppliedRequest, ServletResponse suppliedResponse) {
    container.addListener(listener, suppliedRequest, suppliedResponse);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return container.createListener(type);
  }

  @Override
  public void setTimeout(long milliseconds) {
    container.setTimeout(milliseconds);
  }

  @Override
  public long getTimeout() {
    return container.getTimeout();
  }
}
