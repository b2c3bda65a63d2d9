package dev.madeleine.benchmarks;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.NativeEncoder;
import dev.madeleine.SessionEncoder;
import dev.madeleine.encoders.Cbor;
import dev.madeleine.encoders.ConnectCookieSession;
import dev.madeleine.encoders.CookieSession;
import dev.madeleine.encoders.Encrypted;
import dev.madeleine.encoders.ForeignSecrets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.function.Supplier;

/** Our encoders, as an application chooses one. */
public enum EncoderChoice {
  /** The default. */
  SIGNED,
  /** Signed, deflated. */
  SIGNED_COMPRESSED,
  /** Signed, in CBOR. */
  SIGNED_CBOR,
  /** XAES-256-GCM. */
  ENCRYPTED,
  /** XAES-256-GCM, filled up to multiples of 64 bytes. */
  ENCRYPTED_PADDED,
  /** XAES-256-GCM over deflate. */
  ENCRYPTED_COMPRESSED,
  /** XAES-256-GCM over deflate over CBOR. */
  ENCRYPTED_CBOR_COMPRESSED,
  /** XChaCha20-Poly1305 of Bouncy Castle. */
  XCHACHA20_POLY1305,
  /** AES-256-GCM-SIV of Bouncy Castle. */
  AES_GCM_SIV,
  /** The format of the npm package cookie-session. */
  COOKIE_SESSION,
  /** The format of the npm package connect-cookie-session. */
  CONNECT_COOKIE_SESSION;

  private static final String PURPOSE = "session";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** This encoder with a key of 32 bytes, for a cookie. */
  SessionEncoder with(byte[] secret) {
    KeyRing ring = KeyRing.signingWith(MasterKey.of(secret));
    Supplier<KeyRing> keys = () -> ring;
    NativeEncoder signed = NativeEncoder.signed(keys, PURPOSE);
    NativeEncoder encrypted = NativeEncoder.encrypted(keys, PURPOSE, RANDOM);
    SessionEncoder encoder =
        switch (this) {
          case SIGNED -> signed;
          case SIGNED_COMPRESSED -> signed.withCompression();
          case SIGNED_CBOR -> signed.withSerializer(Cbor.serializer());
          case ENCRYPTED -> encrypted;
          case ENCRYPTED_PADDED -> encrypted.withPadding(64);
          case ENCRYPTED_COMPRESSED -> encrypted.withCompression();
          case ENCRYPTED_CBOR_COMPRESSED ->
              encrypted.withSerializer(Cbor.serializer()).withCompression();
          case XCHACHA20_POLY1305 -> Encrypted.xChaCha20Poly1305(keys, PURPOSE, RANDOM);
          case AES_GCM_SIV -> Encrypted.aesGcmSiv(keys, PURPOSE, RANDOM);
          case COOKIE_SESSION -> CookieSession.encoder(ForeignSecrets.signingWith(secret));
          case CONNECT_COOKIE_SESSION ->
              ConnectCookieSession.encoder(ForeignSecrets.signingWith(secret));
        };
    return encoder.withName("__Host-session");
  }

  /** The name in results. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
