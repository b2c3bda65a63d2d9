package dev.madeleine.frameworks;

import dev.madeleine.HttpHeader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A session cookie as it travels. */
final class Wire {
  private Wire() {}

  /** The attributes of a signed session, as the JSON that everybody can read. */
  static String json(String cookie) {
    String token = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.ISO_8859_1);
    byte[] payload =
        token
            .substring(token.indexOf("{\""), token.length() - 32)
            .getBytes(StandardCharsets.ISO_8859_1);
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** The value of the cookie in the headers of a response. */
  static String cookie(List<HttpHeader> headers) {
    String line =
        headers.stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .findFirst()
            .orElseThrow()
            .value();
    return line.substring(line.indexOf('=') + 1, line.indexOf(';'));
  }
}
