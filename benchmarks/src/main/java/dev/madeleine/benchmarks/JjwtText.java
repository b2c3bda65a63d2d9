package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * jjwt as its README has it: key and parser are built once and shared, HS256 is named rather than
 * inferred, JSON is Jackson. The attributes are the claims. The parser checks the signature, by a
 * key that serves HMAC only, and {@code exp}. No id, no idle time, no key id; signed, not
 * encrypted.
 */
@SuppressWarnings("JavaUtilDate") // The type of its API.
final class JjwtText implements SignedText {
  private final SecretKey key;
  private final JwtParser parser;

  JjwtText(byte[] secret) {
    key = Keys.hmacShaKeyFor(secret);
    parser = Jwts.parser().verifyWith(key).build();
  }

  @Override
  public String encode(SessionSnapshot session) {
    JwtTimes times = JwtTimes.of(session);
    return Jwts.builder()
        .claims(session.attributes())
        .issuedAt(Date.from(times.issued()))
        .expiration(Date.from(times.expires()))
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
      return Optional.of(JwtTimes.attributesOf(decode(text).getPayload()));
    } catch (JwtException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
