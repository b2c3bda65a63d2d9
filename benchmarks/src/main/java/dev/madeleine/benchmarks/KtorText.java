package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import io.ktor.http.CookieEncoding;
import io.ktor.http.CookieKt;
import io.ktor.http.URLDecodeException;
import io.ktor.server.sessions.SessionTransportTransformerMessageAuthentication;
import java.util.Map;
import java.util.Optional;

/**
 * Ktor's signed session cookie, {@code json "/" hex(mac)} in percent-encoding: the transformer
 * built once and shared, and its default encoding of cookies, both called as Ktor does. JSON is
 * Jackson's: Ktor's own serializer needs a Kotlin class that was compiled for it. Checked is the
 * MAC. No id, no times, no key id; signed, not encrypted.
 */
final class KtorText implements SignedText {
  private final SessionTransportTransformerMessageAuthentication transformer;

  KtorText(byte[] secret) {
    transformer = new SessionTransportTransformerMessageAuthentication(secret, "HmacSHA256");
  }

  @Override
  public String encode(SessionSnapshot session) {
    String json = MappedJson.text(session.attributes());
    return CookieKt.encodeCookieValue(
        transformer.transformWrite(json), CookieEncoding.URI_ENCODING);
  }

  @Override
  public Map<String, Object> decode(String text) {
    String json =
        transformer.transformRead(CookieKt.decodeCookieValue(text, CookieEncoding.URI_ENCODING));
    if (json == null) {
      throw new IllegalArgumentException("another signature");
    }
    return MappedJson.read(json);
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      return Optional.of(decode(text));
    } catch (Exception e) {
      if (e instanceof IllegalArgumentException || e instanceof URLDecodeException) {
        return Optional.empty(); // Kotlin declares no exceptions.
      }
      throw e;
    }
  }
}
