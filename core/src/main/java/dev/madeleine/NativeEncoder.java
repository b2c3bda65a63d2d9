package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Rejected;
import dev.madeleine.internal.Base64Url;
import dev.madeleine.internal.BrowserLimits;
import dev.madeleine.internal.TokenBuffer;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Madeleine's own format: one base64url text (RFC 4648 section 5, no padding) over
 *
 * <pre>
 * prefix 6 | metadata | payload | tag              signed: anybody can read it
 * prefix 6 | nonce | ciphertext | tag              encrypted: metadata and payload are hidden
 * </pre>
 *
 * <p>The prefix names version, form and key. The payload is JSON, compressed or padded if you say
 * so. The algorithm is not in the token, it is part of the key derivation, and so are version,
 * serializer, purpose, cookie name and audience: a token that is moved to another use does not fit
 * its seal. Every byte is drawn in docs/formats.md.
 */
public final class NativeEncoder implements SessionEncoder {
  private static final int LONGEST = 65_536; // In several cookies, or in a header.

  /** What the smallest signed token needs. */
  private static final int SHORTEST = 96;

  private static final String VALUE = "value:";
  private static final String BLOB = "blob:";

  private final Supplier<KeyRing> keys;
  private final Sealer sealer;
  private final Payload payload;
  private final String purpose;
  private final String name;
  private final String audience;
  private final int maxLength;
  private final String format;
  private volatile @Nullable DerivedKeys derived;

  private NativeEncoder(
      Supplier<KeyRing> keys,
      Sealer sealer,
      Payload payload,
      String purpose,
      String name,
      String audience,
      int maxLength) {
    this.keys = Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(
        keys.get(), "the supplier has no key ring, so no session could be sealed");
    this.sealer = Objects.requireNonNull(sealer, "sealer");
    this.payload = payload;
    this.purpose = Objects.requireNonNull(purpose, "purpose");
    this.name = Objects.requireNonNull(name, "name");
    this.audience = Objects.requireNonNull(audience, "audience");
    this.maxLength = maxLength;
    format = "native " + sealer.algorithm() + " " + payload.serializer().name();
  }

  /**
   * An encoder whose tokens are signed with HMAC-SHA-256 and can be read by anybody: the payload is
   * JSON.
   *
   * @param keys asked several times per request, so it answers at once; an answer that is another
   *     object than the last replaces all keys
   * @param purpose what the tokens are for, for example {@code session}; tokens of another purpose
   *     do not verify
   */
  public static NativeEncoder signed(Supplier<KeyRing> keys, String purpose) {
    return sealed(keys, purpose, new HmacSha256());
  }

  /**
   * An encoder whose tokens hide the attributes from everybody without a key, under XAES-256-GCM
   * (C2SP): AES-GCM of the JDK with random 24-byte nonces, the first half of which stays for many
   * tokens; good for 2<sup>48</sup> tokens per key. See {@link #signed} for the parameters.
   */
  public static NativeEncoder encrypted(Supplier<KeyRing> keys, String purpose) {
    return encrypted(keys, purpose, new SecureRandom());
  }

  /**
   * As {@link #encrypted(Supplier, String)}.
   *
   * @param random where the nonces come from
   */
  public static NativeEncoder encrypted(
      Supplier<KeyRing> keys, String purpose, SecureRandom random) {
    return sealed(keys, purpose, new XaesGcm(random));
  }

  /** An encoder with an own sealer: an expert's seam. See {@link #signed} for the parameters. */
  public static NativeEncoder sealed(Supplier<KeyRing> keys, String purpose, Sealer sealer) {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(sealer, "sealer");
    if (purpose.startsWith(VALUE) || purpose.startsWith(BLOB)) {
      throw new IllegalArgumentException(
          "the purpose of an encoder cannot begin with %s or %s, which single values and texts have"
              .formatted(VALUE, BLOB));
    }
    Payload json = Payload.plain(JsonSerializer.PLAIN);
    return new NativeEncoder(keys, sealer, json, purpose, "", "", BrowserLimits.MAX_COOKIE);
  }

  /** This encoder with another serializer, for example JSON with declared attributes. */
  @CheckReturnValue
  public NativeEncoder withSerializer(Serializer newSerializer) {
    return withPayload(new Payload(newSerializer, payload.deflateFrom(), payload.multiple()));
  }

  /**
   * This encoder with compression (raw deflate, RFC 1951) of payloads of 512 bytes and more; every
   * encoder reads it. The length of a compressed token shows something about its content: do not
   * compress what an attacker can write to beside what they must not know (docs/encoders.md).
   */
  @CheckReturnValue
  public NativeEncoder withCompression() {
    return withCompression(Payload.DEFLATE_FROM);
  }

  /**
   * As {@link #withCompression()}. What gets no shorter, or is longer than 16,384 bytes, stays as
   * it is.
   *
   * @param threshold fewest bytes of a payload that is compressed, 0 to 16,384
   */
  @CheckReturnValue
  public NativeEncoder withCompression(int threshold) {
    return withPayload(new Payload(serializer(), threshold, payload.multiple()));
  }

  /**
   * This encoder with padding, so that the length of a token shows no more than the multiple below
   * which its payload stays; every encoder reads it. The largest are padded to what still fits.
   *
   * @param multiple bytes, 1 to 16,384, for example 64; 1 is no padding
   * @throws IllegalStateException if this encoder signs only: anybody can read the payload, so
   *     there is no length to hide
   */
  @CheckReturnValue
  public NativeEncoder withPadding(int multiple) {
    if (!sealer.encrypts()) {
      throw new IllegalStateException(
          "padding hides the length of what is encrypted; this encoder signs, and anybody can read the payload. Use NativeEncoder.encrypted(…).withPadding(%s)"
              .formatted(multiple));
    }
    return withPayload(new Payload(serializer(), payload.deflateFrom(), multiple));
  }

  private NativeEncoder withPayload(Payload newPayload) {
    return new NativeEncoder(keys, sealer, newPayload, purpose, name, audience, maxLength);
  }

  /** Whether it is of {@link #signed}, and not of a sealer that somebody chose. */
  boolean isSigned() {
    return sealer instanceof HmacSha256;
  }

  /** This encoder with another sealer. */
  NativeEncoder withSealer(Sealer other) {
    return new NativeEncoder(keys, other, payload, purpose, name, audience, maxLength);
  }

  /**
   * This encoder for one of several applications with the same keys: no other's tokens verify.
   *
   * @param newAudience the application, or empty for none
   */
  @CheckReturnValue
  public NativeEncoder withAudience(String newAudience) {
    return new NativeEncoder(keys, sealer, payload, purpose, name, newAudience, maxLength);
  }

  /** This encoder for single values: its tokens are no sessions, nor the other way round. */
  NativeEncoder forValues() {
    return new NativeEncoder(keys, sealer, payload, VALUE + purpose, name, audience, maxLength);
  }

  /**
   * This encoder for texts that travel in no cookie: its tokens are neither sessions nor values.
   */
  NativeEncoder forTexts() {
    return new NativeEncoder(keys, sealer, payload, BLOB + purpose, "", audience, maxLength);
  }

  @Override
  @CheckReturnValue
  public NativeEncoder withName(String newName) {
    Objects.requireNonNull(newName, "newName");
    return newName.equals(name) // The keys that were derived for it stay.
        ? this
        : new NativeEncoder(keys, sealer, payload, purpose, newName, audience, maxLength);
  }

  @Override
  @CheckReturnValue
  public NativeEncoder withLimit(int length) {
    if (length < SHORTEST || length > LONGEST) {
      throw new IllegalArgumentException(
          "a token of at most %s characters; it must be %s to %s"
              .formatted(length, SHORTEST, LONGEST));
    }
    return length == maxLength
        ? this
        : new NativeEncoder(keys, sealer, payload, purpose, name, audience, length);
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public String keyId() {
    return keys.get().signingKey().id();
  }

  @Override
  public Serializer serializer() {
    return payload.serializer();
  }

  @Override
  public String encode(SessionSnapshot session) {
    TokenVersion version = TokenVersion.WRITTEN;
    DerivedKeys.Subkey key = keys(version).signing();
    TokenBuffer token = TokenBuffer.take();
    version.writePrefix(sealer.encrypts(), key.id(), token);
    token.skip(sealer.nonceLength());
    version.write(session, payload, token, maxLength * 3 / 4 - sealer.tagLength());
    token.skip(sealer.tagLength());
    key.sealer().seal(token.array(), version.prefixLength(), token.size());
    String text = token.toBase64Url();
    token.release();
    return SessionTooLargeException.requireFits(text, maxLength, session, serializer());
  }

  @Override
  public Decoded decode(String text) {
    if (text.length() > maxLength) {
      return new Rejected(RejectionReason.TOO_LONG);
    }
    byte[] token = Base64Url.decode(text);
    if (token == null || token.length < TokenVersion.SHORTEST) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    TokenVersion version = TokenVersion.of(token);
    if (version == null) {
      return new Rejected(RejectionReason.UNKNOWN_VERSION);
    }
    int start = version.prefixLength() + sealer.nonceLength();
    int end = token.length - sealer.tagLength();
    if (end - start < version.minLength()) {
      return new Rejected(RejectionReason.MALFORMED);
    }
    if (!version.hasForm(sealer.encrypts(), token)) {
      return new Rejected(RejectionReason.UNKNOWN_VERSION);
    }
    int keyId = version.keyId(token);
    DerivedKeys ring = keys(version);
    DerivedKeys.Subkey key = ring.find(keyId);
    if (key == null) {
      return rejected(ring.ring().refusal(keyId), keyId);
    }
    if (!key.sealer().unseal(token, version.prefixLength(), token.length)) {
      return rejected(RejectionReason.BAD_SEAL, keyId);
    }
    // Authentic from here on.
    try {
      SessionSnapshot session = version.read(sealer.encrypts(), token, start, end, payload);
      if (session == null) {
        return rejected(RejectionReason.UNKNOWN_VERSION, keyId);
      }
      boolean byOldKey = keyId != ring.signing().id();
      return new Accepted(session, byOldKey, key.late(), key.name());
    } catch (IOException | DataFormatException | RuntimeException e) {
      // The cause is not kept: a parser's message may quote the payload (CVE-2025-49128).
      return rejected(RejectionReason.BAD_PAYLOAD, keyId);
    }
  }

  private static Rejected rejected(RejectionReason reason, int keyId) {
    return new Rejected(reason, HexFormat.of().toHexDigits(keyId));
  }

  /**
   * Today's keys for tokens of this version, derived anew only when the supplier answers with
   * another ring.
   */
  private DerivedKeys keys(TokenVersion version) {
    KeyRing ring = keys.get();
    DerivedKeys current = derived;
    if (current == null || !current.areOf(ring)) {
      current =
          new DerivedKeys(ring, sealer, version, serializer().name(), purpose, name, audience);
      derived = current;
    }
    return current;
  }

  /** What a debugger shows: algorithm, serializer, use and key id. */
  @Override
  public String toString() {
    return "native format, %s, %s, purpose %s, signing key %s, accepting %s older"
        .formatted(
            sealer.algorithm() + (sealer.encrypts() ? " (encrypted)" : " (signed, readable)"),
            payload,
            purpose,
            keys.get().signingKey().id(),
            keys.get().olderKeys().size());
  }
}
