package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * jjwt as its documentation has it: key and parser are built once and shared, HS256 is named rather
 * than inferred, JSON is Jackson. The attributes are the claims; the parser checks {@code exp}.
 */
@SuppressWarnings("JavaUtilDate") // The type of its API.
final class JjwtText implements SignedText {
  private static final Duration LIFE = Duration.ofHours(12);

  private final SecretKey key;
  private final JwtParser parser;

  JjwtText(byte[] secret) {
    key = Keys.hmacShaKeyFor(secret);
    parser = Jwts.parser().verifyWith(key).build();
  }

  @Override
  public String encode(SessionSnapshot session) {
    Instant issued = Objects.requireNonNull(session.refreshed());
    return Jwts.builder()
        .claims(session.attributes())
        .issuedAt(Date.from(issued))
        .expiration(Date.from(issued.plus(LIFE)))
        .signWith(key, Jwts.SIG.HS256)
        .compact();
  }

  @Override
  public Jws<Claims> decode(String text) {
    return parser.parseSignedClaims(text);
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      Map<String, Object> attributes = new LinkedHashMap<>(decode(text).getPayload());
      attributes.remove(Claims.ISSUED_AT);
      attributes.remove(Claims.EXPIRATION);
      return Optional.of(attributes);
    } catch (JwtException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
