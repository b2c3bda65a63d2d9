package dev.madeleine.demo;

import dev.madeleine.CookieOptions;
import dev.madeleine.KeyRing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cookie as the page shows it: its text by parts, what they say, and how much space is left.
 */
final class CookieView {
  /** Most characters of name and value that browsers store (RFC 6265bis section 5.6). */
  private static final int LIMIT = 4096;

  private final CookieOptions options;
  private final Anatomy anatomy;
  private final KeyRing keys;
  private final Instant now;

  CookieView(CookieOptions options, Anatomy anatomy, KeyRing keys, Instant now) {
    this.options = options;
    this.anatomy = anatomy;
    this.keys = keys;
    this.now = now;
  }

  /** The values for the page's holes. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("parts", parts());
    values.put("fields", fields());
    values.put("json", pieces());
    values.put("seal", anatomy.seal());
    values.put("manners", manners());
    values.putAll(size());
    return values;
  }

  private List<Map<String, Object>> parts() {
    List<Map<String, Object>> parts = new ArrayList<>();
    anatomy.parts().forEach(part -> parts.add(Map.of("kind", part.kind(), "text", part.text())));
    return parts;
  }

  private List<Map<String, Object>> pieces() {
    List<Map<String, Object>> pieces = new ArrayList<>();
    PrettyJson.of(anatomy.json())
        .forEach(piece -> pieces.add(Map.of("kind", piece.kind(), "text", piece.text())));
    return pieces;
  }

  /** What the browser is asked to do with the cookie besides its value, in plain words. */
  private List<Map<String, Object>> manners() {
    List<Map<String, Object>> manners = new ArrayList<>();
    if (options.name().startsWith("__Host-")) {
      manners.add(Map.of("name", "__Host-", "words", "no other host may set it"));
    }
    for (String attribute : options.toString().split("; ", -1)) {
      String words = PlainWords.manner(attribute);
      if (words != null) {
        manners.add(Map.of("name", attribute, "words", words));
      }
    }
    return manners;
  }

  private List<Map<String, Object>> fields() {
    List<Map<String, Object>> fields = new ArrayList<>();
    fields.add(field("version", String.valueOf(anatomy.version()), "of the format"));
    fields.add(field("form", "signed", "everybody can read it"));
    fields.add(field("key id", anatomy.keyId(), standing(anatomy.keyId())));
    fields.add(
        field(
            "flags",
            anatomy.flags(),
            anatomy.isRemembered() ? "outlives the browser" : "ends with the browser"));
    fields.add(field("session id", anatomy.sessionId(), "random, new at each login"));
    fields.add(time("created", anatomy.created()));
    fields.add(time("refreshed", anatomy.refreshed()));
    fields.add(
        field(
            "max idle",
            anatomy.maxIdle().toSeconds() + " s",
            anatomy.maxIdle().isZero()
                ? "no limit"
                : "over after " + PlainWords.span(anatomy.maxIdle()) + " without a visit"));
    String subject = anatomy.subject();
    if (subject != null) {
      fields.add(field("subject", subject, "a hash of the user's name, generation"));
    }
    anatomy
        .keys()
        .forEach(key -> fields.add(field("key", key, "a hash of what else the login belongs to")));
    return fields;
  }

  private Map<String, Object> time(String name, Instant time) {
    return field(name, PlainWords.time(time), PlainWords.ago(time, now));
  }

  private static Map<String, Object> field(String name, String value, String words) {
    return Map.of("name", name, "value", value, "words", words);
  }

  private String standing(String keyId) {
    if (keys.signingKey().id().equals(keyId)) {
      return "the key that signs now";
    }
    boolean older = keys.olderKeys().stream().anyMatch(key -> key.id().equals(keyId));
    return older ? "an older key, still accepted" : "a key that is not in the ring";
  }

  private Map<String, Object> size() {
    List<Map<String, Object>> bar = new ArrayList<>();
    bar.add(stretch("name", 0, options.name().length()));
    int used = options.name().length();
    for (Anatomy.Part part : anatomy.parts()) {
      bar.add(stretch(part.kind(), used, part.text().length()));
      used += part.text().length();
    }
    return Map.of(
        "bar",
        bar,
        "used",
        grouped(used),
        "limit",
        grouped(LIMIT),
        "percent",
        String.format(Locale.ROOT, "%.1f", 100.0 * used / LIMIT));
  }

  /** 4096 as 4,096, in whatever country the server stands. */
  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Map<String, Object> stretch(String kind, int from, int length) {
    return Map.of("kind", kind, "from", from, "length", length);
  }
}
