package dev.madeleine.keys;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something an operator may want to know about the keys. Ids and reasons, never a secret. */
public sealed interface KeyEvent {
  /** Where the keys come from. */
  String source();

  /**
   * Other keys are in use from now on: the source changed, or a key's time has come.
   *
   * @param source where the keys come from
   * @param signing id of the key that signs
   * @param accepted ids of the keys that are accepted besides
   * @param revoked ids of the keys whose sessions are rejected
   */
  record Replaced(String source, String signing, List<String> accepted, Set<String> revoked)
      implements KeyEvent {
    /** Copies the lists. */
    public Replaced {
      accepted = List.copyOf(accepted);
      revoked = Set.copyOf(revoked);
    }
  }

  /**
   * The source could not be used, so the keys of before stay. Reported when the reason changes, and
   * hourly while it lasts.
   *
   * @param source where the keys come from
   * @param reason what is wrong
   * @param since when the source was found to be wrong first
   * @param confirmed when the source was in order last
   */
  record Failed(String source, String reason, Instant since, Instant confirmed)
      implements KeyEvent {}

  /**
   * The source can be used again.
   *
   * @param source where the keys come from
   * @param since when it was found to be wrong first
   */
  record Recovered(String source, Instant since) implements KeyEvent {}
}
