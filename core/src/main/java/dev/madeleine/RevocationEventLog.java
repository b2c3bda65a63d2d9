package dev.madeleine;

import dev.madeleine.internal.LogLine;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** The listener of those who bring none: one log line of names and values per event. */
final class RevocationEventLog implements Consumer<RevocationEvent> {
  private static final System.Logger LOG = System.getLogger(ReplicatedRevocation.class.getName());

  @Override
  public void accept(RevocationEvent event) {
    LogLine line = new LogLine(event.getClass().getSimpleName()).with("engine", event.engine());
    if (event instanceof RevocationEvent.Away away) {
      line.with("reason", away.reason())
          .with("message", "requests go on with what is known; what is revoked here is sent later");
      LOG.log(Level.ERROR, line.toString());
    } else if (event instanceof RevocationEvent.Back back) {
      line.with("since", back.since())
          .with("restarted", back.restarted())
          .with("message", "the engine answers again, and is sent what was revoked here meanwhile");
      LOG.log(Level.INFO, line.toString());
    } else if (event instanceof RevocationEvent.Unreadable unreadable) {
      line.with("entries", unreadable.entries())
          .with(
              "message",
              "no key of this node made these entries: give all nodes the same keys, or the engine a name that nobody else uses");
      LOG.log(Level.WARNING, line.toString());
    } else if (event instanceof RevocationEvent.ClocksApart apart) {
      line.with("ahead", apart.ahead())
          .with("message", "the clocks of this node and the engine are too far apart; set them");
      LOG.log(Level.ERROR, line.toString());
    }
  }
}
