package dev.madeleine.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a signed cookie taken apart, by base64 alone: what everybody who holds it can read,
 * and nobody should believe. The bytes are drawn in docs/formats.md.
 */
final class Anatomy {
  private static final int SUBJECT = 1;
  private static final int REMEMBERED = 4;
  private static final int HEADER = 33;
  private static final int HEADER_WITH_SUBJECT = 45;
  private static final int SEAL = 32;

  /** Bits that one character holds. */
  private static final int BITS = 6;

  /** A stretch of the text; {@code kind} is header, json, seal, or both where two share it. */
  record Part(String kind, String text) {}

  private final String text;
  private final byte[] bytes;
  private final int header;
  private final int seal;

  private Anatomy(String text, byte[] bytes, int header) {
    this.text = text;
    this.bytes = bytes;
    this.header = header;
    this.seal = bytes.length - SEAL;
  }

  /** The parts of this text, or null if it is too short or no base64 to have any. */
  static @Nullable Anatomy of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    boolean subject = bytes.length > 1 && (bytes[1] & SUBJECT) != 0;
    int header = subject ? HEADER_WITH_SUBJECT : HEADER;
    return bytes.length < header + SEAL ? null : new Anatomy(text, bytes, header);
  }

  int version() {
    return bytes[0];
  }

  int flags() {
    return bytes[1];
  }

  boolean hasSubject() {
    return header == HEADER_WITH_SUBJECT;
  }

  boolean isRemembered() {
    return (flags() & REMEMBERED) != 0;
  }

  String keyId() {
    return hex(2, 6);
  }

  String sessionId() {
    return hex(6, 22);
  }

  Instant created() {
    return Instant.ofEpochSecond(number(22, 27));
  }

  Instant refreshed() {
    return created().plusSeconds(number(27, 30));
  }

  /** How long the session lives without use; zero for as long as it may. */
  Duration maxIdle() {
    return Duration.ofSeconds(number(30, 33));
  }

  String json() {
    return new String(bytes, header, seal - header, StandardCharsets.UTF_8);
  }

  /** The bytes of {@link #json}. */
  byte[] payload() {
    return Arrays.copyOfRange(bytes, header, seal);
  }

  String seal() {
    return hex(seal, bytes.length);
  }

  /** The bytes of the header's field that begins here, in hex. */
  String hex(int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }

  /** Where the JSON begins in the text: the header is a whole number of characters. */
  int jsonStart() {
    return header * Byte.SIZE / BITS;
  }

  /** Where the seal begins; the character before it may hold the last bits of the JSON too. */
  int sealStart() {
    return (seal * Byte.SIZE + BITS - 1) / BITS;
  }

  /** The position in the text where this byte of the JSON begins. */
  int firstCharacterOf(int jsonByte) {
    return (header + jsonByte) * Byte.SIZE / BITS;
  }

  /** The position in the text where this byte of the JSON ends. */
  int lastCharacterOf(int jsonByte) {
    return ((header + jsonByte + 1) * Byte.SIZE - 1) / BITS;
  }

  /** The text in its parts, in order. */
  List<Part> parts() {
    int jsonEnd = seal * Byte.SIZE / BITS;
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("header", text.substring(0, jsonStart())));
    parts.add(new Part("json", text.substring(jsonStart(), jsonEnd)));
    if (jsonEnd < sealStart()) {
      parts.add(new Part("both", text.substring(jsonEnd, sealStart())));
    }
    parts.add(new Part("seal", text.substring(sealStart())));
    return parts;
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
