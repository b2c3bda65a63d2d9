package dev.madeleine;

import dev.madeleine.Decoded.Accepted;
import dev.madeleine.Decoded.Reason;
import dev.madeleine.Decoded.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Madeleine's own format, version 1: one base64url text (RFC 4648 section 5, no padding) over
 *
 * <pre>
 * header 33 or 45 | payload | tag            signed: the payload can be read by anybody
 * header 33 or 45 | nonce | ciphertext | tag encrypted: the header is associated data
 * </pre>
 *
 * <p>The algorithm is not in the token, it is part of the key derivation, and so are serializer,
 * purpose, cookie name and audience: a token that is moved to another use does not fit its seal.
 * The header is drawn in docs/formats.md.
 */
public final class NativeEncoder implements SessionEncoder {
  /** Most characters of a token: what a browser stores of one cookie (RFC 6265bis section 5.6). */
  static final int MAX_LENGTH = 4096;

  /** Most characters of a token that travels in several cookies. */
  private static final int LONGEST = 65_536;

  private final Supplier<KeyRing> keys;
  private final Sealer sealer;
  private final Serializer serializer;
  private final String purpose;
  private final String name;
  private final String audience;
  private final int maxLength;
  private volatile @Nullable DerivedKeys derived;

  private NativeEncoder(
      Supplier<KeyRing> keys,
      Sealer sealer,
      Serializer serializer,
      String purpose,
      String name,
      String audience,
      int maxLength) {
    this.keys = Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(
        keys.get(), "the supplier has no key ring, so no session could be sealed");
    this.sealer = Objects.requireNonNull(sealer, "sealer");
    this.serializer = Objects.requireNonNull(serializer, "serializer");
    this.purpose = Objects.requireNonNull(purpose, "purpose");
    this.name = Objects.requireNonNull(name, "name");
    this.audience = Objects.requireNonNull(audience, "audience");
    this.maxLength = maxLength;
  }

  /**
   * An encoder whose tokens are signed with HMAC-SHA-256 and can be read by anybody: the payload is
   * JSON.
   *
   * @param keys asked several times per request, so it answers at once; an answer that is another
   *     ring than the last replaces all keys
   * @param purpose what the tokens are for, for example {@code session}; tokens of another purpose
   *     do not verify
   */
  public static NativeEncoder signed(Supplier<KeyRing> keys, String purpose) {
    return sealed(keys, purpose, new HmacSha256());
  }

  /** An encoder with an own sealer: an expert's seam. See {@link #signed} for the parameters. */
  public static NativeEncoder sealed(Supplier<KeyRing> keys, String purpose, Sealer sealer) {
    return new NativeEncoder(keys, sealer, JsonSerializer.PLAIN, purpose, "", "", MAX_LENGTH);
  }

  /** This encoder with another serializer, for example JSON with declared attributes. */
  public NativeEncoder serializer(Serializer newSerializer) {
    return new NativeEncoder(keys, sealer, newSerializer, purpose, name, audience, maxLength);
  }

  /**
   * This encoder for one of several applications that share the keys: tokens of the others do not
   * verify.
   */
  public NativeEncoder audience(String newAudience) {
    return new NativeEncoder(keys, sealer, serializer, purpose, name, newAudience, maxLength);
  }

  @Override
  public NativeEncoder boundTo(String newName) {
    return new NativeEncoder(keys, sealer, serializer, purpose, newName, audience, maxLength);
  }

  @Override
  public NativeEncoder within(int length) {
    if (length < Header.MIN_LENGTH || length > LONGEST) {
      throw new IllegalArgumentException(
          "a token of at most %s characters; it must be %s to %s"
              .formatted(length, Header.MIN_LENGTH, LONGEST));
    }
    return new NativeEncoder(keys, sealer, serializer, purpose, name, audience, length);
  }

  @Override
  public String format() {
    return "native " + sealer.algorithm() + " " + serializer.name();
  }

  @Override
  public Serializer serializer() {
    return serializer;
  }

  @Override
  public String encode(SessionSnapshot session) {
    DerivedKey key = keys().signing;
    TokenBuffer token = new TokenBuffer();
    int header = Header.write(session, key.id, token);
    token.skip(sealer.nonceLength());
    writePayload(session, token);
    token.skip(sealer.tagLength());
    key.sealer.seal(token.array(), header, token.size());
    String text = Base64Url.encode(token.array(), token.size());
    if (text.length() > maxLength) {
      throw SessionTooLargeException.of(session, serializer, text.length(), maxLength);
    }
    return text;
  }

  @Override
  public Decoded decode(String text) {
    if (text.length() > maxLength) {
      return new Rejected(Reason.TOO_LONG);
    }
    byte[] token = Base64Url.decode(text);
    if (token == null || token.length < Header.MIN_LENGTH) {
      return new Rejected(Reason.MALFORMED);
    }
    int header = Header.length(token);
    if (header < 0) {
      return new Rejected(Reason.UNKNOWN_VERSION);
    }
    int payload = header + sealer.nonceLength();
    int payloadLength = token.length - payload - sealer.tagLength();
    if (payloadLength < 0) {
      return new Rejected(Reason.MALFORMED);
    }
    int keyId = Header.keyId(token);
    DerivedKeys ring = keys();
    DerivedKey key = ring.find(keyId);
    if (key == null) {
      return rejected(ring.ring.refusal(keyId), keyId);
    }
    if (!key.sealer.unseal(token, header, token.length)) {
      return rejected(Reason.BAD_SEAL, keyId);
    }
    // Authentic from here on.
    try {
      List<String> dropped = new ArrayList<>(0);
      Map<String, Object> attributes = serializer.read(token, payload, payloadLength, dropped::add);
      byte[] encoded = Arrays.copyOfRange(token, payload, payload + payloadLength);
      SessionSnapshot content =
          SessionSnapshot.EMPTY.withAttributes(attributes, serializer, encoded);
      return new Accepted(
          Header.read(token, content), keyId != ring.signing.id, key.late, key.name, dropped);
    } catch (IOException | RuntimeException e) {
      // The cause is dropped: a parser's message may quote the payload (CVE-2025-49128).
      return rejected(Reason.BAD_PAYLOAD, keyId);
    }
  }

  private void writePayload(SessionSnapshot session, TokenBuffer token) {
    byte[] encoded = session.freshlyEncodedBy(serializer);
    if (encoded != null) {
      token.write(encoded, 0, encoded.length);
      return;
    }
    try {
      serializer.write(session.attributes(), token);
    } catch (IOException e) {
      throw new AssertionError(e); // A TokenBuffer never fails.
    }
  }

  private static Rejected rejected(Reason reason, int keyId) {
    return new Rejected(reason, HexFormat.of().toHexDigits(keyId));
  }

  /** Today's keys, derived anew only when the supplier answers with another ring. */
  private DerivedKeys keys() {
    KeyRing ring = keys.get();
    DerivedKeys current = derived;
    if (current == null || !current.ring.equals(ring)) {
      current = new DerivedKeys(ring);
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
            serializer.name(),
            purpose,
            keys.get().signingKey().id(),
            keys.get().olderKeys().size());
  }

  /** The subkeys of one ring for this encoder's use. */
  private final class DerivedKeys {
    private final KeyRing ring;
    private final DerivedKey signing;
    private final Map<Integer, DerivedKey> older = new HashMap<>();

    DerivedKeys(KeyRing ring) {
      this.ring = ring;
      signing = derive(ring.signingKey());
      ring.olderKeys().forEach(key -> older.put(key.idBits(), derive(key)));
    }

    private DerivedKey derive(MasterKey key) {
      byte[] subkey =
          key.derive(
              "madeleine",
              String.valueOf(Header.VERSION),
              sealer.algorithm(),
              serializer.name(),
              purpose,
              name,
              audience);
      return new DerivedKey(key.idBits(), key.id(), ring.isLate(key), sealer.keyed(subkey));
    }

    @Nullable DerivedKey find(int keyId) {
      return signing.id == keyId ? signing : older.get(keyId);
    }
  }

  private record DerivedKey(int id, String name, boolean late, Sealer.Keyed sealer) {}
}
