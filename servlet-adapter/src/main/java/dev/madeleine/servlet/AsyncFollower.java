package dev.madeleine.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;

/** What stays with a request that goes on after the filter has returned, until it is complete. */
final class AsyncFollower implements AsyncListener {
  private final Exchange exchange;

  private AsyncFollower(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Follows a request, unless another thread has completed it already: then that was its end. */
  static boolean follow(Exchange exchange, ServletRequest request) {
    try {
      request.getAsyncContext().addListener(new AsyncFollower(exchange));
      return true;
    } catch (IllegalStateException e) {
      exchange.finish();
      return false;
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    exchange.finish();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    exchange.update();
  }

  @Override
  public void onError(AsyncEvent event) {
    exchange.update();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this); // Starting again forgets the listeners.
  }
}
