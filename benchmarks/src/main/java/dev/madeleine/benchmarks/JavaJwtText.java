package dev.madeleine.benchmarks;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import dev.madeleine.SessionSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * java-jwt as its README has it: algorithm and verifier are built once and shared. The attributes
 * are the claims. The verifier checks {@code alg}, the signature, {@code exp} and {@code iat}, and
 * hands over a tree whose claims become Java values when asked for, which is not in the figure. No
 * id, no idle time, no key id; signed, not encrypted.
 */
final class JavaJwtText implements SignedText {
  private final Algorithm algorithm;
  private final JWTVerifier verifier;

  JavaJwtText(byte[] secret) {
    algorithm = Algorithm.HMAC256(secret);
    verifier = JWT.require(algorithm).build();
  }

  @Override
  public String encode(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    return JWT.create()
        .withPayload(session.attributes())
        .withIssuedAt(times.issued())
        .withExpiresAt(times.expires())
        .sign(algorithm);
  }

  @Override
  public Map<String, Claim> decode(String text) {
    return verifier.verify(text).getClaims();
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      Map<String, Object> claims = new LinkedHashMap<>();
      decode(text).forEach((name, claim) -> claims.put(name, claim.as(Object.class)));
      return Optional.of(JwtTimes.attributesOf(claims));
    } catch (JWTVerificationException e) {
      return Optional.empty();
    }
  }
}
