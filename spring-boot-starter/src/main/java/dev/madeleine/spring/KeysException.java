package dev.madeleine.spring;

import org.jspecify.annotations.Nullable;

/** There are no keys, or bad ones, so the application does not start. */
final class KeysException extends RuntimeException {
  private static final long serialVersionUID = 1;

  KeysException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
