package dev.madeleine.keys;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The daemon thread behind {@link ReloadingKeys}. It ends when they are closed, and also when
 * nobody holds them any more, so that a forgotten close leaks nothing.
 */
final class KeyWatch implements Runnable {
  private final WeakReference<ReloadingKeys> keys;

  private KeyWatch(ReloadingKeys keys) {
    this.keys = new WeakReference<>(keys);
  }

  static Thread start(ReloadingKeys keys) {
    Thread thread = new Thread(new KeyWatch(keys), "madeleine-keys");
    thread.setDaemon(true);
    thread.setContextClassLoader(null); // Not the one of the application that happened to start it.
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    Duration pause = pause();
    while (pause != null && sleep(pause)) {
      refresh();
      pause = pause();
    }
  }

  private @Nullable Duration pause() {
    ReloadingKeys watched = keys.get();
    return watched == null || watched.isClosed() ? null : watched.pause();
  }

  private void refresh() {
    ReloadingKeys watched = keys.get();
    if (watched != null) {
      watched.refresh();
      Thread.interrupted(); // A source may leave the flag set; whether we end, pause() tells.
    }
  }

  /**
   * Whether to look after it: an interruption by anybody but {@code close} is only an early end.
   */
  private boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      ReloadingKeys watched = keys.get();
      return watched != null && !watched.isClosed();
    }
  }
}
