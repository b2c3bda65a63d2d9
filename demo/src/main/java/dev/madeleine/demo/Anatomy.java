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
  private static final int VERSION = 2;
  private static final int SIGNED = 0;
  private static final int SUBJECT = 0x0001;
  private static final int REMEMBERED = 0x0004;
  private static final int KEYS = 0x0700;

  /** Bytes of the header without subject and keys. */
  private static final int HEADER = 39;

  private static final int SUBJECT_LENGTH = 12;
  private static final int KEY_LENGTH = 9;
  private static final int SEAL = 32;

  /** Bits that one character holds. */
  private static final int BITS = 6;

  /** A stretch of the text; {@code kind} is header, json, seal, or both where two share it. */
  record Part(String kind, String text) {}

  private final String text;
  private final byte[] bytes;
  private final int header;
  private final int seal;

  private Anatomy(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
    header = keysStart() + keyCount() * KEY_LENGTH;
    seal = bytes.length - SEAL;
  }

  /** The parts of this text, or null if it does not look like a signed token of this version. */
  static @Nullable Anatomy of(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.length < HEADER + SEAL || bytes[0] != VERSION || bytes[1] != SIGNED) {
      return null;
    }
    Anatomy anatomy = new Anatomy(text, bytes);
    return anatomy.seal < anatomy.header ? null : anatomy;
  }

  int version() {
    return bytes[0];
  }

  String keyId() {
    return hex(2, 6);
  }

  /** The flags as docs/formats.md writes them, in hex. */
  String flags() {
    return hex(6, 8);
  }

  boolean isRemembered() {
    return hasFlag(REMEMBERED);
  }

  String sessionId() {
    return hex(8, 24);
  }

  Instant created() {
    return Instant.ofEpochMilli(number(24, 30));
  }

  Instant refreshed() {
    return created().plusMillis(number(30, 35));
  }

  /** How long the session lives without use; zero for as long as it may. */
  Duration maxIdle() {
    return Duration.ofSeconds(number(35, HEADER));
  }

  /** Whom the session belongs to, hash and generation; null if there is nobody. */
  @Nullable String subject() {
    return hasFlag(SUBJECT) ? hex(HEADER, HEADER + SUBJECT_LENGTH) : null;
  }

  /** The keys of the application by which the session can be ended. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int at = keysStart(); at < header; at += KEY_LENGTH) {
      keys.add(hex(at, at + KEY_LENGTH));
    }
    return keys;
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

  private int keysStart() {
    return hasFlag(SUBJECT) ? HEADER + SUBJECT_LENGTH : HEADER;
  }

  private int keyCount() {
    return (int) (number(6, 8) & KEYS) >> Byte.SIZE;
  }

  private boolean hasFlag(int flag) {
    return (number(6, 8) & flag) != 0;
  }

  private String hex(int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
