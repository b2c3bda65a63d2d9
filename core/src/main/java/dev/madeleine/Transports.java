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
  private final List<SessionTransport> former;
  private final List<SessionTransport> left;
  private final List<SessionTransport> all;
  private final List<Serializer> sharedSerializers;
  private final List<HttpHeader> vary;
  private final CookieDomains domains;
  private final boolean mayBeElsewhere;

  /**
   * These places.
   *
   * @param former those that are neither written nor read, but expired
   * @param domains of the cookie that is written, see {@link CookieDomains}
   * @throws IllegalArgumentException if two that are written, or one and a former one, are the same
   *     to a client
   */
  Transports(
      SessionTransport writing,
      List<SessionTransport> shared,
      List<SessionTransport> reading,
      List<SessionTransport> former,
      List<String> domains) {
    this.writing = writing;
    this.shared = List.copyOf(shared);
    this.reading = List.copyOf(reading);
    this.former = List.copyOf(former);
    checkIdentities(!domains.isEmpty());
    all = Stream.of(List.of(writing), shared, reading).flatMap(List::stream).toList();
    left = reading.stream().filter(place -> !hasWrittenName(place)).toList();
    mayBeElsewhere =
        Stream.of(reading, former)
            .flatMap(List::stream)
            .anyMatch(place -> place.isNamedAs(writing) && !place.sharesPlaceWith(writing));
    sharedSerializers = shared.stream().map(place -> place.encoder().serializer()).toList();
    vary =
        all.stream()
            .map(SessionTransport::field)
            .filter(new TreeSet<>(String.CASE_INSENSITIVE_ORDER)::add)
            .map(field -> new HttpHeader("Vary", field))
            .toList();
    this.domains = new CookieDomains(domains, this);
  }

  /** The same places, those in the cookie that is written in this one instead. */
  Transports withCookie(CookieOptions options) {
    return new Transports(
        writing.withCookie(options),
        moved(shared, options),
        moved(reading, options),
        moved(former, options),
        domains.list());
  }

  private List<SessionTransport> moved(List<SessionTransport> places, CookieOptions options) {
    return places.stream().map(place -> moved(place, options)).toList();
  }

  /** The same cookie takes the options, another one of its name takes the name. */
  private SessionTransport moved(SessionTransport place, CookieOptions options) {
    if (place.sharesPlaceWith(writing)) {
      return place.withCookie(options);
    }
    CookieOptions present = place.options();
    return present != null && place.isNamedAs(writing)
        ? place.withCookie(present.withName(options.name()))
        : place;
  }

  /**
   * Checks that no cookie is written twice, or written and expired.
   *
   * @param inDomains whether the cookie that is written has a domain by the host of the request, so
   *     that the one without a domain may be a former one
   */
  private void checkIdentities(boolean inDomains) {
    for (SessionTransport place : shared) {
      if (place.isNamedAs(writing)) {
        throw new IllegalArgumentException(
            "%s is both the cookie of the session and one for another system, which would overwrite or hide each other; give one of them another name"
                .formatted(place.name()));
      }
    }
    for (SessionTransport place : former) {
      if (isWritten(place) && !(inDomains && place.sharesPlaceWith(writing))) {
        throw new IllegalArgumentException(
            "%s is written, so it cannot be expired as a former cookie; leave it out, or say in which of name, path, domain and Partitioned the former one differs"
                .formatted(place.name()));
      }
    }
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

  /** The places that are neither written nor read, but expired. */
  List<SessionTransport> former() {
    return former;
  }

  /** Whether what a request brings under the name that is written may lie in another place. */
  boolean mayBeElsewhere() {
    return mayBeElsewhere;
  }

  /** Those of the places that are only read whose name no place has that is written. */
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

  /** What the response to this request writes, unless the application chooses other options. */
  Written written(RequestHeaders request) {
    return domains.written(request);
  }

  /** The headers for caches: the response depends on these fields. */
  List<HttpHeader> vary() {
    return vary;
  }

  private boolean isWritten(SessionTransport place) {
    return place.sharesPlaceWith(writing) || shared.stream().anyMatch(place::sharesPlaceWith);
  }

  private boolean hasWrittenName(SessionTransport place) {
    return place.isNamedAs(writing) || shared.stream().anyMatch(place::isNamedAs);
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
    if (!domains.list().isEmpty()) {
      text.append("; domain by the host of the request: ").append(domains.list());
    }
    former.forEach(place -> text.append("; expired: ").append(place));
    return text.toString();
  }
}
