package dev.madeleine.spring;

/** A property is wrong, or two contradict each other, so the application does not start. */
final class PropertyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * What is wrong.
   *
   * @param message names the properties as the application does
   */
  PropertyException(String message, Throwable cause) {
    super(message, cause);
  }
}
