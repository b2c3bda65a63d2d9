package dev.madeleine.keys;

import dev.madeleine.internal.LogLine;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * The listener of those who bring none: one log line of names and values per event, of which there
 * are few.
 */
final class KeyEventLog implements Consumer<KeyEvent> {
  private static final System.Logger LOG = System.getLogger(ReloadingKeys.class.getName());

  @Override
  public void accept(KeyEvent event) {
    LogLine line = new LogLine(event.getClass().getSimpleName()).with("source", event.source());
    if (event instanceof KeyEvent.Replaced replaced) {
      line.with("signing", replaced.signing())
          .with("accepted", String.join(",", replaced.accepted()))
          .with("revoked", String.join(",", replaced.revoked()))
          .with("message", "other keys are in use");
      LOG.log(Level.INFO, line.toString());
    } else if (event instanceof KeyEvent.Failed failed) {
      line.with("since", failed.since())
          .with("confirmed", failed.confirmed())
          .with("message", failed.reason() + ", so the keys of before stay in use");
      LOG.log(Level.ERROR, line.toString());
    } else if (event instanceof KeyEvent.Recovered recovered) {
      line.with("since", recovered.since()).with("message", "the source is in order again");
      LOG.log(Level.INFO, line.toString());
    }
  }
}
