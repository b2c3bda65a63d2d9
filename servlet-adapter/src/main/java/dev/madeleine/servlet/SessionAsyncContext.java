package dev.madeleine.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

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

  /** Whether it was started for this request and response, as far as the application knows. */
  private final boolean original;

  SessionAsyncContext(
      AsyncContext container,
      SessionRequest request,
      SessionResponse response,
      Exchange exchange,
      boolean original) {
    this.container = container;
    this.request = request;
    this.response = response;
    this.exchange = exchange;
    this.original = original;
  }

  /** Whether this shows that async context of the container. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(AsyncContext other) {
    return container == other;
  }

  @Override
  public ServletRequest getRequest() {
    return hasOriginalRequestAndResponse() ? request : container.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return hasOriginalRequestAndResponse() ? response : container.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return original || container.hasOriginalRequestAndResponse();
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
    container.addListener(new Listening(listener));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest suppliedRequest, ServletResponse suppliedResponse) {
    container.addListener(new Listening(listener), suppliedRequest, suppliedResponse);
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

  /** A listener of the application, which is told of the objects that the application was given. */
  private final class Listening implements AsyncListener {
    private final AsyncListener listener;

    Listening(AsyncListener listener) {
      this.listener = listener;
    }

    /** The context of an event; of one that tells of a restart, the new one. */
    private AsyncContext shown(@Nullable AsyncContext of) {
      return of == null || isOf(of)
          ? SessionAsyncContext.this
          : new SessionAsyncContext(of, request, response, exchange, original);
    }

    private AsyncEvent shown(AsyncEvent event) {
      ServletRequest supplied = event.getSuppliedRequest();
      ServletResponse suppliedResponse = event.getSuppliedResponse();
      return new AsyncEvent(
          shown(event.getAsyncContext()),
          supplied != null && request.isWrapperFor(supplied) ? request : supplied,
          suppliedResponse != null && response.isWrapperFor(suppliedResponse)
              ? response
              : suppliedResponse,
          event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      listener.onComplete(shown(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      listener.onTimeout(shown(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      listener.onError(shown(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(shown(event));
    }
  }
}
