package dev.madeleine.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import dev.madeleine.SessionSnapshot;
import java.text.ParseException;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * nimbus-jose-jwt as its example for HMAC has it: header, signer and verifier are built once and
 * shared. The attributes are the claims. Checked are {@code alg}, the signature, and by the
 * library's own verifier of claims {@code exp}, which must be there. No id, no idle time, no key
 * id; signed, not encrypted.
 *
 * <p>Its {@code DefaultJWTProcessor} would check the same, and build a verifier for each token.
 */
final class NimbusText implements SignedText {
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
  private static final JWTClaimsSetVerifier<SecurityContext> TIMES =
      new DefaultJWTClaimsVerifier<>(null, Set.of("exp"));

  private final JWSSigner signer;
  private final JWSVerifier verifier;

  NimbusText(byte[] secret) {
    try {
      signer = new MACSigner(secret);
      verifier = new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public String encode(SessionSnapshot session) {
    try {
      SignedJWT jwt = new SignedJWT(HEADER, claims(session));
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public JWTClaimsSet decode(String text) {
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !jwt.verify(verifier)) {
        throw new IllegalArgumentException("another algorithm or signature");
      }
      return inTime(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | BadJWTException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(attributes(decode(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("JavaUtilDate") // The type of its API.
  static JWTClaimsSet claims(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    session.attributes().forEach(claims::claim);
    return claims
        .issueTime(Date.from(times.issued()))
        .expirationTime(Date.from(times.expires()))
        .build();
  }

  static JWTClaimsSet inTime(JWTClaimsSet claims) throws BadJWTException {
    TIMES.verify(claims, null);
    return claims;
  }

  static Map<String, Object> attributes(JWTClaimsSet claims) {
    return MappedJson.retyped(JwtTimes.attributesOf(claims.getClaims()));
  }
}
