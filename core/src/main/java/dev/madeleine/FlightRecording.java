package dev.madeleine;

import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * The session events as events of the JDK Flight Recorder, {@code dev.madeleine.*}. As long as
 * nothing is recorded they cost one look at a flag; a Java runtime without the module jdk.jfr does
 * without.
 */
@SuppressWarnings("UnusedVariable") // The Flight Recorder reads the fields.
final class FlightRecording {
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecording() {}

  static void record(SessionEvent event) {
    if (AVAILABLE && FlightRecorder.isInitialized()) {
      recorded(event).commit();
    }
  }

  private static Recorded recorded(SessionEvent event) {
    if (event instanceof SessionEvent.Accepted accepted) {
      return new AcceptedEvent(accepted);
    }
    if (event instanceof SessionEvent.Issued issued) {
      return new IssuedEvent(issued);
    }
    if (event instanceof SessionEvent.Rejected rejected) {
      return new RejectedEvent(rejected);
    }
    if (event instanceof SessionEvent.LateKey late) {
      return new LateKeyEvent(late);
    }
    if (event instanceof SessionEvent.TooLarge tooLarge) {
      return new TooLargeEvent(tooLarge);
    }
    if (event instanceof SessionEvent.Lost lost) {
      return new LostEvent(lost);
    }
    if (event instanceof SessionEvent.NotCarried notCarried) {
      return new NotCarriedEvent(notCarried);
    }
    if (event instanceof SessionEvent.Dropped dropped) {
      return new DroppedEvent(dropped);
    }
    if (event instanceof SessionEvent.WeakKey weakKey) {
      return new WeakKeyEvent(weakKey);
    }
    throw new AssertionError(event.getClass()); // Every kind is above.
  }

  /** What all have in common. */
  @Category("Madeleine")
  @StackTrace(false)
  private abstract static class Recorded extends Event {
    @Label("Cookie")
    final String cookie;

    Recorded(SessionEvent event) {
      cookie = event.cookie();
    }
  }

  @Name("dev.madeleine.Accepted")
  @Label("Session Accepted")
  private static final class AcceptedEvent extends Recorded {
    @Label("Format")
    final String format;

    @Label("Key Id")
    final @Nullable String keyId;

    AcceptedEvent(SessionEvent.Accepted event) {
      super(event);
      format = event.format();
      keyId = event.keyId();
    }
  }

  @Name("dev.madeleine.Issued")
  @Label("Session Issued")
  private static final class IssuedEvent extends Recorded {
    @Label("Key Id")
    final @Nullable String keyId;

    @Label("Causes")
    final String causes;

    IssuedEvent(SessionEvent.Issued event) {
      super(event);
      keyId = event.keyId();
      causes =
          isEnabled()
              ? event.causes().stream().map(Enum::name).sorted().collect(Collectors.joining(" "))
              : "";
    }
  }

  @Name("dev.madeleine.Rejected")
  @Label("Session Rejected")
  private static final class RejectedEvent extends Recorded {
    @Label("Reason")
    final String reason;

    @Label("Key Id")
    final @Nullable String keyId;

    RejectedEvent(SessionEvent.Rejected event) {
      super(event);
      reason = event.reason().name();
      keyId = event.keyId();
    }
  }

  @Name("dev.madeleine.LateKey")
  @Label("Session of a Late Key")
  private static final class LateKeyEvent extends Recorded {
    @Label("Key Id")
    final String keyId;

    LateKeyEvent(SessionEvent.LateKey event) {
      super(event);
      keyId = event.keyId();
    }
  }

  @Name("dev.madeleine.TooLarge")
  @Label("Session Too Large")
  private static final class TooLargeEvent extends Recorded {
    @Label("Message")
    final String message;

    TooLargeEvent(SessionEvent.TooLarge event) {
      super(event);
      message = event.message();
    }
  }

  @Name("dev.madeleine.Lost")
  @Label("Session Change Lost")
  private static final class LostEvent extends Recorded {
    @Label("Change")
    final String change;

    LostEvent(SessionEvent.Lost event) {
      super(event);
      change = event.change();
    }
  }

  @Name("dev.madeleine.NotCarried")
  @Label("Attribute Not Carried")
  private static final class NotCarriedEvent extends Recorded {
    @Label("Attribute")
    final String attribute;

    @Label("Type")
    final String type;

    NotCarriedEvent(SessionEvent.NotCarried event) {
      super(event);
      attribute = event.attribute();
      type = event.type();
    }
  }

  @Name("dev.madeleine.Dropped")
  @Label("Attribute Dropped")
  private static final class DroppedEvent extends Recorded {
    @Label("Attribute")
    final String attribute;

    DroppedEvent(SessionEvent.Dropped event) {
      super(event);
      attribute = event.attribute();
    }
  }

  @Name("dev.madeleine.WeakKey")
  @Label("Weak Key")
  private static final class WeakKeyEvent extends Recorded {
    @Label("Weakness")
    final String weakness;

    WeakKeyEvent(SessionEvent.WeakKey event) {
      super(event);
      weakness = event.weakness();
    }
  }
}
