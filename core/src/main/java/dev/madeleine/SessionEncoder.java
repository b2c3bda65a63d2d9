package dev.madeleine;

import dev.madeleine.json.JsonSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The plug: turns a session into text and back. Pure: no clock, no request, no state that changes.
 *
 * <p>An own encoder implements {@link #encode} and {@link #decode} and is handed to {@link
 * Sessions#builder(SessionEncoder)}. It carries the whole responsibility for authenticity: a text
 * that {@code decode} accepts is believed.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface SessionEncoder {
  /**
   * Writes a session.
   *
   * @return text of cookie octets (RFC 6265 section 4.1.1): printable ASCII without space, quote,
   *     comma, semicolon and backslash
   * @throws SessionTooLargeException if the text would be longer than this encoder reads
   * @throws IllegalArgumentException if an attribute would not come back equal; the message names
   *     it
   */
  String encode(SessionSnapshot session);

  /** Reads what {@link #encode} wrote. Never throws, whatever the text. */
  Decoded decode(String text);

  /** Tells whether {@link #decode} accepts this text. Says nothing about timeouts. */
  default boolean valid(String text) {
    return decode(text) instanceof Decoded.Accepted;
  }

  /**
   * This encoder for the place where its text travels: a format that seals the cookie's name
   * answers with an encoder for that name. By default the same encoder.
   *
   * @param name name of the cookie or header
   */
  @CheckReturnValue
  default SessionEncoder withName(String name) {
    return this;
  }

  /**
   * This encoder for a place that holds texts of this length: a format that limits what it reads
   * and writes answers with an encoder of this limit. By default the same encoder.
   *
   * @param length most characters of a text
   */
  @CheckReturnValue
  default SessionEncoder withLimit(int length) {
    return this;
  }

  /** A short name of the format, for events: by default the class's. */
  default String format() {
    return getClass().getSimpleName();
  }

  /** The id of the key that seals now, for events, or null if this format has no key ids. */
  default @Nullable String keyId() {
    return null;
  }

  /**
   * What an operator should know about this encoder's keys, for example that one is published, or
   * null. Reported once, by {@link Sessions#announce}.
   */
  default @Nullable String weakness() {
    return null;
  }

  /**
   * The rules for what a session of this encoder may hold. {@link Session#put} refuses what it
   * refuses, and a session has changed when it writes other bytes. By default JSON as in the native
   * format, without declared attributes.
   */
  default Serializer serializer() {
    return JsonSerializer.PLAIN;
  }
}
