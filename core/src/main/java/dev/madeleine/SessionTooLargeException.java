package dev.madeleine;

import dev.madeleine.internal.PrintableName;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session does not fit where it travels, or is so large that it fits nowhere. Nothing was sent;
 * the session that the client holds stays as it was.
 */
public final class SessionTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private static final int NAMED = 5;

  private final int size;
  private final int limit;

  private SessionTooLargeException(String message, int size, int limit) {
    super(message);
    this.size = size;
    this.limit = limit;
  }

  /** The same for a session that fits where it travels, but not into the headers of a response. */
  static SessionTooLargeException ofResponse(
      SessionSnapshot session, Serializer serializer, int size, int limit) {
    return new SessionTooLargeException(
        "the session takes %s bytes of the response's headers, limit %s; largest attributes: %s. Keep large data in a store and its key in the session; NativeEncoder.withCompression() makes room, and SessionsBuilder.responseLimit allows more"
            .formatted(grouped(size), grouped(limit), largest(session, serializer)),
        size,
        limit);
  }

  /**
   * The exception for this session, naming its largest attributes and their sizes.
   *
   * @param session the session that did not fit
   * @param serializer what measures its attributes
   * @param size bytes it takes up where it travels
   * @param limit bytes there are
   */
  public static SessionTooLargeException of(
      SessionSnapshot session, Serializer serializer, int size, int limit) {
    return new SessionTooLargeException(
        "session is %s bytes, limit %s; largest attributes: %s. Keep large data in a store and its key in the session; NativeEncoder.withCompression() and SessionTransport.chunked make room"
            .formatted(grouped(size), grouped(limit), largest(session, serializer)),
        size,
        limit);
  }

  private static String largest(SessionSnapshot session, Serializer serializer) {
    String largest =
        session.attributes().entrySet().stream()
            .map(attribute -> Map.entry(attribute.getKey(), size(serializer, attribute)))
            .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue).reversed())
            .limit(NAMED)
            .map(e -> PrintableName.of(e.getKey()) + " " + grouped(e.getValue()))
            .collect(Collectors.joining(", "));
    return session.attributes().size() > NAMED ? largest + ", …" : largest;
  }

  /**
   * A session as text, if it fits.
   *
   * @param text what an encoder has written
   * @param limit most characters that it reads
   * @param session the session that was written
   * @param serializer what measures its attributes
   * @return the text
   * @throws SessionTooLargeException if the text is longer
   */
  public static String requireFits(
      String text, int limit, SessionSnapshot session, Serializer serializer) {
    if (text.length() > limit) {
      throw of(session, serializer, text.length(), limit);
    }
    return text;
  }

  /**
   * The exception for a session that was given up while it was written.
   *
   * @param attribute the attribute that was at hand
   * @param limit most bytes of a session before it is compressed and sealed
   */
  public static SessionTooLargeException whileWriting(String attribute, int limit) {
    return new SessionTooLargeException(
        "session is more than %s bytes with attribute \"%s\", before it is compressed and sealed. Keep large data in a store and its key in the session"
            .formatted(grouped(limit), PrintableName.of(attribute)),
        limit + 1,
        limit);
  }

  /** 4711 as 4,711, in whatever country the server stands. */
  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static int size(Serializer serializer, Map.Entry<String, Object> attribute) {
    return serializer.toBytes(Collections.singletonMap(attribute.getKey(), attribute.getValue()))
        .length;
  }

  /**
   * Bytes that the session takes up where it travels; if it was given up while it was written, one
   * more than the limit.
   */
  public int size() {
    return size;
  }

  /** Bytes that there are. */
  public int limit() {
    return limit;
  }
}
