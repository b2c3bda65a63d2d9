package dev.madeleine;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the sessions of an application travel: one place that is written, those that are written
 * too as long as another system shares them, and those that are only read. Immutable.
 */
final class Transports {
  private final SessionTransport writing;
  private final List<SessionTransport> shared;
  private final List<SessionTransport> reading;
  private final List<SessionTransport> left;
  private final List<SessionTransport> all;
  private final List<Serializer> sharedSerializers;
  private final List<HttpHeader> vary;
  private final Written written;

  Transports(
      SessionTransport writing, List<SessionTransport> shared, List<SessionTransport> reading) {
    this.writing = writing;
    this.shared = List.copyOf(shared);
    this.reading = List.copyOf(reading);
    all = Stream.of(List.of(writing), shared, reading).flatMap(List::stream).toList();
    left = reading.stream().filter(place -> !isWritten(place)).toList();
    sharedSerializers = shared.stream().map(place -> place.encoder().serializer()).toList();
    vary =
        all.stream()
            .map(SessionTransport::field)
            .filter(new TreeSet<>(String.CASE_INSENSITIVE_ORDER)::add)
            .map(field -> new HttpHeader("Vary", field))
            .toList();
    written = new Written(this, writing);
  }

  /** The same places, those in the cookie that is written in this one instead. */
  Transports withCookie(CookieOptions options) {
    return new Transports(
        writing.withCookie(options), moved(shared, options), moved(reading, options));
  }

  private List<SessionTransport> moved(List<SessionTransport> places, CookieOptions options) {
    return places.stream()
        .map(place -> place.sharesPlaceWith(writing) ? place.withCookie(options) : place)
        .toList();
  }

  SessionTransport writing() {
    return writing;
  }

  /** The places that are written besides, for another system. */
  List<SessionTransport> shared() {
    return shared;
  }

  /** The places that are only read. */
  List<SessionTransport> reading() {
    return reading;
  }

  /** Those of them that are not overwritten when a session is written. */
  List<SessionTransport> left() {
    return left;
  }

  /** All places, the one that is written first, then the shared ones. */
  List<SessionTransport> all() {
    return all;
  }

  /** The serializers of the shared places. */
  List<Serializer> sharedSerializers() {
    return sharedSerializers;
  }

  /** What a response writes unless the application chooses other options for it. */
  Written written() {
    return written;
  }

  /** The headers for caches: the response depends on these fields. */
  List<HttpHeader> vary() {
    return vary;
  }

  private boolean isWritten(SessionTransport place) {
    return place.sharesPlaceWith(writing) || shared.stream().anyMatch(place::sharesPlaceWith);
  }

  /** Whether the places that are written carry all of this session, down to its bytes. */
  boolean carryAsItIs(SessionSnapshot session) {
    return shared.isEmpty() && session.isReadBy(writing.encoder().serializer());
  }

  /** The value of an attribute that was read elsewhere, as the places that are written carry it. */
  Object adopt(String name, Object value) {
    Object carried = writing.encoder().serializer().adopt(name, value);
    sharedSerializers.forEach(other -> other.check(name, carried));
    return carried;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(writing.toString());
    shared.forEach(place -> text.append("; also written: ").append(place));
    reading.forEach(place -> text.append("; read: ").append(place));
    return text.toString();
  }
}
