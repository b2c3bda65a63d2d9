package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.JWTEncoder;
import io.fusionauth.jwt.JWTException;
import io.fusionauth.jwt.Signer;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.domain.JWT;
import io.fusionauth.jwt.hmac.HMACSigner;
import io.fusionauth.jwt.hmac.HMACVerifier;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * fusionauth-jwt as its README has it: encoder, decoder, signer and verifier are built once and
 * shared. The attributes are the claims. The decoder checks the signature, by a verifier that knows
 * HMAC only, and {@code exp}. No id, no idle time, no key id; signed, not encrypted.
 */
final class FusionAuthText implements SignedText {
  private static final JWTEncoder ENCODER = JWT.getEncoder();
  private static final JWTDecoder DECODER = JWT.getDecoder();

  private final Signer signer;
  private final Verifier verifier;

  FusionAuthText(byte[] secret) {
    signer = HMACSigner.newSHA256Signer(secret);
    verifier = HMACVerifier.newVerifier(secret);
  }

  @Override
  public String encode(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    JWT jwt =
        new JWT()
            .setIssuedAt(times.issued().atZone(ZoneOffset.UTC))
            .setExpiration(times.expires().atZone(ZoneOffset.UTC));
    session.attributes().forEach(jwt::addClaim);
    return ENCODER.encode(jwt, signer);
  }

  @Override
  public JWT decode(String text) {
    return DECODER.decode(text, verifier);
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(MappedJson.retyped(decode(text).getOtherClaims()));
    } catch (JWTException | IllegalArgumentException | NullPointerException e) {
      return Optional.empty(); // It throws the last for a header without a known "alg".
    }
  }
}
