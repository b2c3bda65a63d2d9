package dev.madeleine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What the library logs through {@code System.Logger} while this is open, stack traces included.
 */
final class LogCapture implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.madeleine");
  private final boolean parents = logger.getUseParentHandlers();
  private final Level level = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          StringWriter line = new StringWriter();
          line.append(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
          if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(line, true));
          }
          lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  LogCapture() {
    this(Level.ALL);
  }

  LogCapture(Level from) {
    logger.setUseParentHandlers(false);
    logger.setLevel(from);
    logger.addHandler(handler);
  }

  /** Level and message of each line. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(level);
    logger.setUseParentHandlers(parents);
  }
}
