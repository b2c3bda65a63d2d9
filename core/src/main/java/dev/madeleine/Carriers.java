package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of an application's sessions: one that is written, those that are written too as long
 * as another system shares them, and those that are only read.
 */
final class Carriers {
  private final SessionCarrier writing;
  private final List<SessionCarrier> alsoWriting;
  private final List<SessionCarrier> reading;
  private final List<SessionCarrier> all;
  private final List<Serializer> otherSerializers;
  private final List<HttpHeader> vary;

  Carriers(SessionCarrier writing, List<SessionCarrier> alsoWriting, List<SessionCarrier> reading) {
    this.writing = writing;
    this.alsoWriting = List.copyOf(alsoWriting);
    this.reading = List.copyOf(reading);
    all = Stream.of(List.of(writing), alsoWriting, reading).flatMap(List::stream).toList();
    otherSerializers = alsoWriting.stream().map(carrier -> carrier.encoder().serializer()).toList();
    vary =
        all.stream()
            .map(SessionCarrier::field)
            .filter(new TreeSet<>(String.CASE_INSENSITIVE_ORDER)::add)
            .map(field -> new HttpHeader("Vary", field))
            .toList();
  }

  /** The same places, those in the cookie that is written in this one instead. */
  Carriers in(CookieOptions options) {
    return new Carriers(writing.in(options), moved(alsoWriting, options), moved(reading, options));
  }

  private List<SessionCarrier> moved(List<SessionCarrier> places, CookieOptions options) {
    return places.stream()
        .map(place -> place.sharesPlaceWith(writing) ? place.in(options) : place)
        .toList();
  }

  SessionCarrier writing() {
    return writing;
  }

  /** All places, the one that is written first. */
  List<SessionCarrier> all() {
    return all;
  }

  /** The serializers of the formats that are written beside the first. */
  List<Serializer> otherSerializers() {
    return otherSerializers;
  }

  /** The headers for caches: the response depends on these fields. */
  List<HttpHeader> vary() {
    return vary;
  }

  /** Looks into every place. */
  Origin read(RequestHeaders request, SessionPolicy policy) {
    List<Finding> findings = new ArrayList<>(all.size());
    for (SessionCarrier carrier : all) {
      findings.add(Finding.of(carrier, request, policy));
    }
    Finding first = findings.get(0);
    for (int i = 1; i <= alsoWriting.size(); i++) {
      Finding shared = findings.get(i);
      if (shared.isUsableBeside(first)) {
        return shared(shared, findings, policy.now());
      }
    }
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      Accepted accepted = finding.accepted();
      if (accepted != null && finding.isUsableBeside(first)) {
        boolean written = i == 0;
        return Origin.of(
            written ? accepted : adopted(accepted),
            finding,
            written && isInStep(findings, policy.now()),
            findings);
      }
    }
    return Origin.none(findings);
  }

  /** Whether the places that are written besides hold what they should, as far as can be read. */
  private boolean isInStep(List<Finding> findings, Instant now) {
    boolean inStep = true;
    for (Finding other : findings.subList(1, 1 + alsoWriting.size())) {
      inStep &= other.accepted() != null || other.carrier().isRetired(now) || other.isUndated();
    }
    return inStep;
  }

  /** A session that another system writes too: its attributes hold, id and times are ours. */
  private Origin shared(Finding shared, List<Finding> findings, Instant now) {
    Finding first = findings.get(0);
    Accepted theirs = Objects.requireNonNull(shared.accepted());
    Accepted ours = first.accepted();
    if (ours == null) {
      return Origin.of(adopted(theirs), shared, false, findings);
    }
    if (isSame(shared.carrier().encoder().serializer(), ours, theirs)) {
      return Origin.of(ours, first, isInStep(findings, now), findings);
    }
    SessionSnapshot merged =
        ours.snapshot().withAttributes(theirs.snapshot().attributes(), null, null, List.of());
    Accepted both =
        new Accepted(merged, theirs.byOldKey(), theirs.late(), theirs.keyId(), theirs.dropped());
    return Origin.of(adopted(both), shared, false, findings);
  }

  /** A session from elsewhere with the attributes that the formats carry in which it is written. */
  private Accepted adopted(Accepted accepted) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    List<String> dropped = new ArrayList<>(accepted.dropped());
    accepted
        .snapshot()
        .attributes()
        .forEach(
            (name, value) -> {
              try {
                if (value != null) {
                  attributes.put(name, adopted(name, value));
                }
              } catch (IllegalArgumentException e) {
                dropped.add(name); // The listener is told.
              }
            });
    return new Accepted(
        accepted.snapshot().withAttributes(attributes, null, null, List.of()),
        accepted.byOldKey(),
        accepted.late(),
        accepted.keyId(),
        dropped);
  }

  private Object adopted(String name, Object value) {
    Object carried = writing.encoder().serializer().adopt(name, value);
    otherSerializers.forEach(other -> other.check(name, carried));
    return carried;
  }

  /** Whether both say the same in the format that is shared. */
  private static boolean isSame(Serializer format, Accepted ours, Accepted theirs) {
    try {
      return Arrays.equals(
          format.toBytes(ours.snapshot().attributes()),
          format.toBytes(theirs.snapshot().attributes()));
    } catch (IllegalArgumentException e) {
      return false; // What the format cannot carry was never written in it.
    }
  }

  /** The headers that store a session, and empty the places that it has left. */
  List<HttpHeader> write(
      SessionSnapshot session,
      @Nullable CookieOptions chosen,
      @Nullable Duration maxAge,
      RequestHeaders request,
      Origin origin,
      Instant now) {
    List<HttpHeader> headers = new ArrayList<>(writing.write(session, chosen, maxAge, request));
    for (SessionCarrier carrier : alsoWriting) {
      if (!carrier.isRetired(now)) {
        headers.addAll(carrier.write(session, null, maxAge, request));
      }
    }
    List<SessionCarrier> left = new ArrayList<>(origin.toExpire());
    left.remove(writing); // It clears away its own leftovers.
    left.removeAll(alsoWriting);
    if (!left.isEmpty()) {
      Set<String> written = headers.stream().map(HttpHeader::place).collect(Collectors.toSet());
      for (HttpHeader header : expire(left, null, request)) {
        if (!written.contains(header.place())) {
          headers.add(header);
        }
      }
    }
    return headers;
  }

  /** The headers that empty the places that a session has left which is not written now. */
  List<HttpHeader> leave(RequestHeaders request, Origin origin) {
    List<SessionCarrier> left = new ArrayList<>(origin.toExpire());
    left.removeIf(this::isWritten);
    return expire(left, null, request);
  }

  private boolean isWritten(SessionCarrier place) {
    return place.sharesPlaceWith(writing) || alsoWriting.stream().anyMatch(place::sharesPlaceWith);
  }

  /** The headers that empty these places. */
  List<HttpHeader> expire(
      Collection<SessionCarrier> places, @Nullable CookieOptions chosen, RequestHeaders request) {
    List<HttpHeader> headers = new ArrayList<>(places.size());
    for (SessionCarrier place : places) {
      for (HttpHeader header : place.expire(place == writing ? chosen : null, request)) {
        if (!headers.contains(header)) {
          headers.add(header);
        }
      }
    }
    return headers;
  }

  /** The header that undoes one of ours; see {@link SessionCarrier#restore}. */
  @Nullable HttpHeader restore(
      String name,
      @Nullable CookieOptions chosen,
      @Nullable Duration maxAge,
      RequestHeaders request,
      Origin origin) {
    for (SessionCarrier place : all) {
      HttpHeader header =
          place.restore(
              name, place == writing ? chosen : null, maxAge, request, origin.textFrom(place));
      if (header != null) {
        return header;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(writing.toString());
    alsoWriting.forEach(carrier -> text.append("; also written: ").append(carrier));
    reading.forEach(carrier -> text.append("; read: ").append(carrier));
    return text.toString();
  }
}
