package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request brought along for its session.
 *
 * @param decoded the session that came with what is known of its seal, or null
 * @param source where it was found, or null
 * @param inStep whether the places that are written hold this session already
 * @param came the places in which anything came, readable or not
 * @param toExpire the places that may be emptied unless they are written: what they held was
 *     authentic, and is over or has been read
 * @param requestedId see {@link Session#requestedId}
 * @param rejection why no session came although something did, or null
 */
record Origin(
    @Nullable Accepted decoded,
    @Nullable Finding source,
    boolean inStep,
    List<SessionCarrier> came,
    List<SessionCarrier> toExpire,
    @Nullable String requestedId,
    @Nullable Rejected rejection) {

  /** The origin of the session that was chosen among what the carriers found. */
  static Origin of(Accepted chosen, Finding source, boolean inStep, List<Finding> findings) {
    List<SessionCarrier> over = new ArrayList<>(0);
    for (Finding finding : findings) {
      if (finding.over() || finding.accepted() != null) {
        over.add(finding.carrier());
      }
    }
    String id = chosen.snapshot().id();
    return new Origin(chosen, source, inStep, came(findings), over, id, null);
  }

  /** The origin of a new session: none of the carriers found one. */
  static Origin none(List<Finding> findings) {
    Finding telling = null;
    List<SessionCarrier> over = new ArrayList<>(0);
    for (Finding finding : findings) {
      boolean authentic = telling != null && telling.sealed() == null && finding.sealed() != null;
      if (finding.came() && (telling == null || authentic)) {
        telling = finding;
      }
      if (finding.over() || finding.accepted() != null) {
        over.add(finding.carrier());
      }
    }
    if (telling == null) {
      return new Origin(null, null, false, List.of(), List.of(), null, null);
    }
    SessionSnapshot sealed = telling.sealed();
    String id = sealed == null || sealed.id() == null ? "rejected" : sealed.id();
    return new Origin(null, telling, false, came(findings), over, id, telling.rejected());
  }

  private static List<SessionCarrier> came(List<Finding> findings) {
    List<SessionCarrier> came = new ArrayList<>(1);
    for (Finding finding : findings) {
      if (finding.came()) {
        came.add(finding.carrier());
      }
    }
    return came;
  }

  /** What the listener is to be told of it. */
  List<SessionEvent> events() {
    List<SessionEvent> events = new ArrayList<>(1);
    if (source == null) {
      return events;
    }
    String name = source.carrier().name();
    if (rejection != null) {
      events.add(new SessionEvent.Rejected(name, rejection.reason(), rejection.keyId()));
    } else if (decoded != null) {
      String keyId = decoded.keyId();
      events.add(new SessionEvent.Accepted(name, source.carrier().encoder().format(), keyId));
      if (decoded.late() && keyId != null) {
        events.add(new SessionEvent.LateKey(name, keyId));
      }
      decoded.dropped().forEach(lost -> events.add(new SessionEvent.Dropped(name, lost)));
    }
    return events;
  }

  /** The session that came, or null. */
  @Nullable SessionSnapshot accepted() {
    return decoded == null ? null : decoded.snapshot();
  }

  /** Whether it was sealed by a key that no longer signs. */
  boolean byOldKey() {
    return decoded != null && decoded.byOldKey();
  }

  /** The text that was accepted from this carrier, or null. */
  @Nullable String textFrom(SessionCarrier carrier) {
    return decoded != null && source != null && source.carrier() == carrier ? source.text() : null;
  }

  /** Whether the session that came had anything in it. */
  boolean hadContent() {
    SessionSnapshot accepted = accepted();
    return accepted != null && (accepted.subject() != null || !accepted.attributes().isEmpty());
  }

  /** What is left of it when its session has ended in this request. */
  Origin over() {
    return new Origin(null, source, false, came, came, requestedId, rejection);
  }
}
