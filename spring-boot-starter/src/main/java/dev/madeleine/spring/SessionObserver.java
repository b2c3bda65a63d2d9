package dev.madeleine.spring;

import dev.madeleine.SessionEvent;

/**
 * Something of the starter's own that hears every session event before the application's listener,
 * or the log, does. No {@code Consumer}: beans of that type are the application's.
 */
@FunctionalInterface
interface SessionObserver {
  void observe(SessionEvent event);
}
