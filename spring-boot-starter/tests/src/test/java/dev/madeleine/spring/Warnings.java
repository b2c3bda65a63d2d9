package dev.madeleine.spring;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The warnings of a class while this is open. */
final class Warnings extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> texts = new CopyOnWriteArrayList<>();

  private Warnings(Logger logger) {
    this.logger = logger;
  }

  static Warnings of(Class<?> type) {
    return of(type.getName());
  }

  /**
   * The warnings of a class, or of all in a package.
   *
   * @param name of the class or the package
   */
  static Warnings of(String name) {
    Warnings warnings = new Warnings(Logger.getLogger(name));
    warnings.logger.addHandler(warnings);
    return warnings;
  }

  List<String> texts() {
    return texts;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      texts.add(MessageFormat.format(line.getMessage(), line.getParameters()));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
