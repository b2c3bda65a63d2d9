package dev.madeleine.containers;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** A listener of which a scenario says only what it needs. */
abstract class OnAsync implements AsyncListener {
  void timedOut() throws Exception {}

  void failed() throws Exception {}

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    call(this::timedOut);
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    call(this::failed);
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private static void call(Handlers.Task task) throws IOException {
    try {
      task.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
