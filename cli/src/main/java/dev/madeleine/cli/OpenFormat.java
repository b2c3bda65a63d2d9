package dev.madeleine.cli;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.HttpHeader;
import dev.madeleine.RejectionReason;
import dev.madeleine.Serializer;
import dev.madeleine.Session;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A format with its keys, ready to read and write: the library's own front door, given the time.
 * For one thread.
 */
final class OpenFormat {
  /** The library's log, which has nothing to say that the command does not print. */
  private static final Logger LIBRARY = Logger.getLogger("dev.madeleine");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  /** Most characters of a token of our own. */
  private static final int LONGEST = 65_536;

  /** More characters than a line of {@code batch} can ask for. */
  private static final int MOST = 1 << 24;

  private final Format format;
  private final SessionTransport transport;
  private final Sessions sessions;
  private final List<Witness.Seen> seen = new ArrayList<>();
  private final List<String> weaknesses = new ArrayList<>();
  private final List<String> reissue = new ArrayList<>();
  private final @Nullable Integer limit;
  private final boolean chunked;
  private Instant now = Instant.EPOCH;

  /**
   * How a format is used.
   *
   * @param format which one
   * @param cookie name of the cookie or header
   * @param keys its keys
   * @param options its own, and {@code idle} and {@code absolute}
   * @param timed whether times are judged
   */
  record Use(Format format, String cookie, FormatKeys keys, FormatOptions options, boolean timed) {}

  /** Opens it, with random bytes from here. */
  OpenFormat(Use use, SecureRandom random) {
    this(use, random, UnaryOperator.identity());
  }

  /** Opens it with something in the place of the format's serializer. */
  OpenFormat(Use use, SecureRandom random, UnaryOperator<Serializer> serializing) {
    Duration idle = use.options().duration("idle");
    Duration absolute = use.options().duration("absolute");
    Witness.Judging judging = new Witness.Judging(idle, use.timed());
    format = use.format();
    limit = use.options().number("limit");
    chunked = use.options().text("layout", "").equalsIgnoreCase("chunked");
    transport =
        format.transport(
            new Format.Parts(
                use.cookie(),
                use.keys(),
                use.options(),
                random,
                serializing,
                encoder -> new Witness(encoder, judging, seen)));
    SessionPolicy policy =
        SessionPolicy.defaults().withClock(() -> now).withUndatedUntil(Instant.MAX);
    policy = idle == null ? policy : policy.withIdle(idle);
    policy = absolute == null ? policy : policy.withAbsolute(absolute);
    sessions = Sessions.builder(transport).policy(policy).listener(this::take).build();
    sessions.announce(); // Tells what is weak.
  }

  private void take(SessionEvent event) {
    if (event instanceof SessionEvent.WeakKeyUsed weak) {
      weaknesses.add(weak.weakness());
    } else if (event instanceof SessionEvent.Issued issued) {
      issued.causes().stream().sorted().forEach(cause -> reissue.add(cause.name()));
    }
  }

  Format format() {
    return format;
  }

  SessionEncoder encoder() {
    return transport.encoder();
  }

  /** What an operator should know of the keys. */
  List<String> weaknesses() {
    return weaknesses;
  }

  /** Reads cookies, or headers, by their names: values as they stand in a request. */
  Verdict decode(Map<String, String> values, Instant when) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (belongs(value.getKey()) && !canBeOne(value.getValue())) {
        return new Verdict(RejectionReason.MALFORMED.name(), null, "", List.of(), weaknesses);
      }
    }
    StringBuilder line = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (belongs(name)) {
            line.append(line.isEmpty() ? "" : "; ").append(name).append('=').append(value);
          }
        });
    return decode(
        name -> {
          String value = transport.options() != null ? line.toString() : values.get(name);
          return value == null ? List.of() : List.of(value);
        },
        when);
  }

  /** Whether a cookie is the session's, its signature, or one of the parts of a long one. */
  private boolean belongs(String name) {
    return name.startsWith(transport.name())
        && name.substring(transport.name().length()).matches("|\\.sig|\\.[0-9]+");
  }

  /** Whether a server would see this as one value; what it would cut off must not be ignored. */
  private static boolean canBeOne(String value) {
    return value.indexOf(';') < 0 && value.equals(value.strip());
  }

  /** Reads a whole {@code Cookie} line. */
  Verdict decode(String cookieLine, Instant when) {
    return decode(name -> name.equals("Cookie") ? List.of(cookieLine) : List.of(), when);
  }

  private Verdict decode(Function<String, List<String>> headers, Instant when) {
    now = when;
    seen.clear();
    reissue.clear();
    Session session = sessions.load(headers);
    if (session.isNew()) {
      RejectionReason reason = session.rejection();
      Witness.Seen first = seen.stream().filter(OpenFormat::isSealed).findFirst().orElse(null);
      return new Verdict(
          reason == null ? Verdict.ABSENT : reason.name(),
          first == null ? null : (Accepted) first.decoded(),
          text(first),
          List.of(),
          weaknesses);
    }
    Witness.Seen chosen = chosen(session);
    List<String> warnings = new ArrayList<>(weaknesses);
    try {
      sessions.save(session);
    } catch (
        RuntimeException e) { // It could not be written again, which is no reason to reject it.
      warnings.add("could not be written again: " + e.getMessage());
    }
    return new Verdict(
        null, (Accepted) chosen.decoded(), chosen.text(), List.copyOf(reissue), warnings);
  }

  private String text(Witness.@Nullable Seen first) {
    if (first != null) {
      return first.text();
    }
    return seen.isEmpty() ? "" : seen.get(0).text();
  }

  private static boolean isSealed(Witness.Seen each) {
    return each.decoded() instanceof Accepted;
  }

  /** The text that the session is from: of several with its id the one that was sealed last. */
  private Witness.Seen chosen(Session session) {
    Witness.Seen chosen = null;
    for (Witness.Seen each : seen) {
      if (each.decoded() instanceof Accepted accepted) {
        String id = accepted.snapshot().id();
        boolean same = id == null || id.equals(session.id()) || seen.size() == 1;
        chosen = same && (chosen == null || isLater(each, chosen)) ? each : chosen;
      }
    }
    return Objects.requireNonNull(chosen);
  }

  private static boolean isLater(Witness.Seen one, Witness.Seen other) {
    Instant refreshed = ((Accepted) one.decoded()).snapshot().refreshed();
    Instant before = ((Accepted) other.decoded()).snapshot().refreshed();
    return refreshed != null && before != null && refreshed.isAfter(before);
  }

  /** The cookies, or the header, that hold this session: values as they stand in a request. */
  Map<String, String> encode(SessionSnapshot session) {
    return limit == null ? written(session) : whole(session, limit);
  }

  /** As {@link #encode}, however long they get: for payloads that no browser would store. */
  Map<String, String> encodeAny(SessionSnapshot session) {
    return chunked ? written(session) : whole(session, format.isNative() ? LONGEST : MOST);
  }

  private Map<String, String> whole(SessionSnapshot session, int length) {
    String text = transport.encoder().withLimit(length).encode(session);
    int dot = format.isPair() ? text.lastIndexOf('.') : -1;
    Map<String, String> values = new LinkedHashMap<>();
    values.put(transport.name(), dot < 0 ? text : text.substring(0, dot));
    if (dot >= 0) {
      values.put(transport.name() + ".sig", text.substring(dot + 1));
    }
    return values;
  }

  private Map<String, String> written(SessionSnapshot session) {
    Map<String, String> values = new LinkedHashMap<>();
    for (HttpHeader header : transport.write(session)) {
      if (transport.options() != null) {
        String pair = header.value().substring(0, header.value().indexOf(';'));
        int equals = pair.indexOf('=');
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      } else {
        values.put(header.name(), header.value());
      }
    }
    return values;
  }
}
