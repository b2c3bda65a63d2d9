package dev.madeleine.encoders;

import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;

/**
 * Sessions of npm connect-cookie-session 0.0.2, the middleware for connect 1.x that Madeleine
 * descends from, to take them over.
 *
 * <pre>
 * b64   = base64(utf8(JSON.stringify(session)))                    standard alphabet, padded
 * text  = encodeURIComponent(b64 "--" hex(HMAC-SHA1(secret, b64)))  lower case, 40 digits
 * </pre>
 *
 * <p><b>The cookie's name is not signed:</b> whatever the same secret has signed under another name
 * is accepted here. Use it with one cookie name for each secret, and only for reading what is left.
 *
 * <p>The format holds attributes only, so the policy has to allow undated sessions until a date of
 * your choice. It is not encrypted, whatever the README of the package says. The text may also come
 * as it was before {@code encodeURIComponent}.
 */
public final class ConnectCookieSession {
  /** The name of the cookie unless connect-cookie-session is given another. */
  private static final String DEFAULT_NAME = "connect.sid";

  private ConnectCookieSession() {}

  /** The format. The package itself knows one secret; older ones are accepted here in addition. */
  public static SessionEncoder encoder(ForeignSecrets secrets) {
    return encoder(secrets, ConnectCookieSessionEncoder.JSON);
  }

  /**
   * The format with another serializer in the place of {@code JSON.stringify}: an expert's seam.
   */
  public static SessionEncoder encoder(ForeignSecrets secrets, Serializer serializer) {
    return new ConnectCookieSessionEncoder(
        Keygrip.of(secrets).withHex(), CookieLimit.of(DEFAULT_NAME), serializer);
  }
}
