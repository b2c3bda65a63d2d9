package dev.madeleine.cli;

import dev.madeleine.RejectionReason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cookie judged with keys: in the way that was named, or in each way that the token does not show
 * by itself, until the seal holds.
 *
 * @param verdict what became of it
 * @param format what read it
 */
record CookieCheck(Verdict verdict, OpenFormat format) {
  private static final List<Map<String, String>> WAYS =
      List.of(
          Map.of("sealer", "hmac-sha-256"),
          Map.of("sealer", "xaes-256-gcm"),
          Map.of("sealer", "hmac-sha-256", "serializer", "cbor"),
          Map.of("sealer", "xaes-256-gcm", "serializer", "cbor"),
          Map.of("sealer", "xchacha20-poly1305"),
          Map.of("sealer", "aes-256-gcm-siv"),
          Map.of("sealer", "xchacha20-poly1305", "serializer", "cbor"),
          Map.of("sealer", "aes-256-gcm-siv", "serializer", "cbor"));

  /** Judges a cookie. */
  static CookieCheck of(
      OpenFormat.Use use, Map<String, String> cookies, Instant now, SecureRandom random) {
    CookieCheck first = check(use, Map.of(), cookies, now, random);
    Map<String, String> given = use.options().values();
    boolean told = given.containsKey("sealer") || given.containsKey("serializer");
    if (!use.format().name().equals("native") || told || !isUnsealed(first)) {
      return first;
    }
    CookieCheck telling = first;
    for (Map<String, String> way : WAYS) {
      CookieCheck check = check(use, way, cookies, now, random);
      if (!isUnsealed(check)) {
        return check;
      }
      // A token of the other form says so; one of the right form says what is wrong with it.
      telling = is(telling, RejectionReason.UNKNOWN_VERSION) ? check : telling;
    }
    return telling;
  }

  private static boolean isUnsealed(CookieCheck check) {
    return is(check, RejectionReason.BAD_SEAL)
        || is(check, RejectionReason.MALFORMED)
        || is(check, RejectionReason.UNKNOWN_VERSION);
  }

  private static boolean is(CookieCheck check, RejectionReason reason) {
    return reason.name().equals(check.verdict.reason());
  }

  private static CookieCheck check(
      OpenFormat.Use use,
      Map<String, String> way,
      Map<String, String> cookies,
      Instant now,
      SecureRandom random) {
    Map<String, String> options = new LinkedHashMap<>(use.options().values());
    options.putAll(way);
    boolean chunks = cookies.containsKey(use.cookie() + ".1") && use.format().isNative();
    if (chunks) {
      options.putIfAbsent("layout", "chunked");
    }
    OpenFormat format =
        new OpenFormat(
            new OpenFormat.Use(
                use.format(), use.cookie(), use.keys(), new FormatOptions(options), use.timed()),
            random);
    return new CookieCheck(format.decode(cookies, now), format);
  }

  /** The attributes as JSON, if the session was accepted, or has expired but is authentic. */
  String json() {
    var sealed = verdict.sealed();
    return sealed == null
        ? ""
        : SessionJson.write(format.format().json(format.encoder()), sealed.snapshot().attributes());
  }

  /** What the seal is. */
  String sealedBy() {
    return format.encoder().format();
  }
}
