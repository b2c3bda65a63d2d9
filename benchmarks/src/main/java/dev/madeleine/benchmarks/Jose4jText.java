package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * jose4j as its examples have it: key and consumer are built once and shared, a signature object
 * for each token. The attributes are the claims. The consumer permits HS256 only and checks the
 * signature and {@code exp}, which must be there. No id, no idle time, no key id; signed, not
 * encrypted.
 */
final class Jose4jText implements SignedText {
  private final Key key;
  private final JwtConsumer consumer;

  Jose4jText(byte[] secret) {
    key = new HmacKey(secret);
    consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
            .setRequireExpirationTime()
            .build();
  }

  @Override
  public String encode(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    JwtClaims claims = new JwtClaims();
    session.attributes().forEach(claims::setClaim);
    claims.setIssuedAt(NumericDate.fromSeconds(times.issued().getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(times.expires().getEpochSecond()));
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    jws.setKey(key);
    jws.setPayload(claims.toJson());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public JwtClaims decode(String text) {
    try {
      return consumer.processToClaims(text);
    } catch (InvalidJwtException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(MappedJson.retyped(JwtTimes.attributesOf(decode(text).getClaimsMap())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
