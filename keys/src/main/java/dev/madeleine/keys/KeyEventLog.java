package dev.madeleine.keys;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** The listener of those who bring none: one log line per event, of which there are few. */
final class KeyEventLog implements Consumer<KeyEvent> {
  private static final System.Logger LOG = System.getLogger(ReloadingKeys.class.getName());

  @Override
  public void accept(KeyEvent event) {
    if (event instanceof KeyEvent.Replaced replaced) {
      LOG.log(
          Level.INFO,
          "%s: key %s signs, accepted too %s, revoked %s"
              .formatted(
                  replaced.source(), replaced.signing(), replaced.accepted(), replaced.revoked()));
    } else if (event instanceof KeyEvent.Failed failed) {
      LOG.log(
          Level.ERROR,
          "%s, so the keys of before stay in use; wrong since %s, last in order %s"
              .formatted(failed.reason(), failed.since(), failed.confirmed()));
    } else if (event instanceof KeyEvent.Recovered recovered) {
      LOG.log(
          Level.INFO,
          "%s is in order again; it was wrong since %s"
              .formatted(recovered.source(), recovered.since()));
    }
  }
}
