package dev.madeleine.encoders;

import dev.madeleine.Decoded;
import dev.madeleine.KeyRing;
import dev.madeleine.LocatedAttributes;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.RejectionReason;
import dev.madeleine.Serializer;
import dev.madeleine.SessionSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Keys, ciphers and sessions that the tests share. */
final class Fixtures {
  static final String NAME = "__Host-session";
  static final String ID = "00112233445566778899aabbccddeeff";
  static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  static final SecureRandom RANDOM = new SecureRandom();
  static final byte[] SECRET = secret(1);
  static final KeyRing KEYS = KeyRing.signingWith(MasterKey.of(SECRET));

  private Fixtures() {}

  /** The ciphers of {@link NativeEncoder#encrypted} and {@link Encrypted}. */
  enum CipherChoice {
    XAES_256_GCM,
    XCHACHA20_POLY1305,
    AES_256_GCM_SIV;

    /** An encoder of this cipher under {@link #KEYS} for the cookie {@link #NAME}. */
    NativeEncoder encoder() {
      return encoder("session", RANDOM);
    }

    NativeEncoder encoder(String purpose, SecureRandom random) {
      Supplier<KeyRing> keys = () -> KEYS;
      NativeEncoder encoder =
          switch (this) {
            case XAES_256_GCM -> NativeEncoder.encrypted(keys, purpose, random);
            case XCHACHA20_POLY1305 -> Encrypted.xChaCha20Poly1305(keys, purpose, random);
            case AES_256_GCM_SIV -> Encrypted.aesGcmSiv(keys, purpose, random);
          };
      return encoder.withName(NAME);
    }

    int nonceLength() {
      return this == AES_256_GCM_SIV ? 12 : 24;
    }
  }

  /** An encoder that signs, under the same keys for the same cookie. */
  static NativeEncoder signed() {
    return NativeEncoder.signed(() -> KEYS, "session").withName(NAME);
  }

  static byte[] secret(long seed) {
    byte[] secret = new byte[32];
    new Random(seed).nextBytes(secret);
    return secret;
  }

  static SessionSnapshot session(Map<String, ?> attributes) {
    return SessionSnapshot.of(attributes)
        .withId(ID)
        .withTimes(NOON, NOON)
        .withMaxIdle(Duration.ofMinutes(30));
  }

  /**
   * A serializer that is taken for JSON and writes these bytes: what somebody with a key can do.
   */
  static Serializer writing(byte[] payload) {
    return new Serializer() {
      @Override
      public String name() {
        return "json";
      }

      @Override
      public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
        out.write(payload);
      }

      @Override
      public LocatedAttributes read(byte[] bytes, int offset, int length) {
        throw new UnsupportedOperationException("it writes only");
      }
    };
  }

  static RejectionReason reason(NativeEncoder encoder, String text) {
    return ((Decoded.Rejected) encoder.decode(text)).reason();
  }

  static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
