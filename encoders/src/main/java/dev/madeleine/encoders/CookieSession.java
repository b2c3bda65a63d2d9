package dev.madeleine.encoders;

import dev.madeleine.Serializer;
import dev.madeleine.SessionEncoder;

/**
 * Sessions of npm cookie-session 2.1.1, to share them with Express or to take them over.
 *
 * <pre>
 * cookie name      = base64(utf8(JSON.stringify(session)))          standard alphabet, padded
 * cookie name.sig  = keygrip signature of "name=" + base64
 * text             = base64 "." signature                           split at its last dot
 * </pre>
 *
 * <p>The format holds attributes only. It has no id and no times: nothing in it expires, so the
 * policy has to allow undated sessions until a date of your choice. It is signed, not encrypted.
 * What cookie-session writes with {@code signed: false} is not supported.
 *
 * <pre>{@code
 * SessionTransport.signaturePair(CookieOptions.named("session"), CookieSession.encoder(secrets))
 * }</pre>
 */
public final class CookieSession {
  /** The name of the cookie unless cookie-session is given another. */
  private static final String DEFAULT_NAME = "session";

  private CookieSession() {}

  /** The format with cookie-session's defaults: keygrip with SHA-1 and base64. */
  public static SessionEncoder encoder(ForeignSecrets secrets) {
    return encoder(Keygrip.of(secrets));
  }

  /**
   * The format with signatures of another kind, where the application hands cookie-session a
   * Keygrip of its own: {@code keys: new Keygrip([…], 'sha256', 'hex')}.
   */
  public static SessionEncoder encoder(Keygrip keygrip) {
    return encoder(keygrip, CookieSessionEncoder.JSON);
  }

  /**
   * The format with another serializer in the place of {@code JSON.stringify}: an expert's seam,
   * for example to sign what no program of good will writes.
   */
  public static SessionEncoder encoder(Keygrip keygrip, Serializer serializer) {
    return new CookieSessionEncoder(keygrip, CookieLimit.of(DEFAULT_NAME), serializer);
  }
}
