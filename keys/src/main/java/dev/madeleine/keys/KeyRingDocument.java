package dev.madeleine.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.madeleine.MasterKey;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of a key ring file, version 1:
 *
 * <pre>
 * {
 *   "version": 1,
 *   "longestSession": "PT12H",                how long a session may live in all
 *   "keys": [ {
 *     "id": "1a2b3c4d",                       follows from the secret, and is checked
 *     "secret": "base64:…" or "hex:…",        a revoked key has none
 *     "created": "2026-07-01T12:00:00Z",
 *     "signsFrom": "2026-07-01T12:10:00Z",
 *     "verifiesUntil": "2026-08-01T12:10:00Z", absent while no end is planned
 *     "state": "live" or "revoked"            what the times do not say
 *   } ]
 * }
 * </pre>
 */
final class KeyRingDocument {
  private static final int VERSION = 1;
  private static final String LIVE = "live";
  private static final String REVOKED = "revoked";
  private static final List<String> FIELDS = List.of("version", "longestSession", "keys");
  private static final List<String> KEY_FIELDS =
      List.of("id", "secret", "created", "signsFrom", "verifiesUntil", "state");
  private static final JsonFactory JSON = new JsonFactory();

  private KeyRingDocument() {}

  /** Whether this text means to be such a document, not a plain list of keys. */
  static boolean isMeant(String text) {
    return text.stripLeading().startsWith("{");
  }

  static KeySchedule read(String document) {
    LinedValue root = LinedValue.parse(document);
    Map<String, LinedValue> fields = root.object(FIELDS);
    LinedValue version = root.required(fields, "version");
    if (!Long.valueOf(VERSION).equals(version.value())) {
      throw version.wrong("must be 1; this release knows no other");
    }
    Duration longestSession = duration(root.required(fields, "longestSession"));
    LinedValue list = root.required(fields, "keys");
    List<ScheduledKey> keys = new ArrayList<>();
    for (LinedValue entry : list.array()) {
      keys.add(key(entry));
    }
    return checked(list, () -> new KeySchedule(longestSession, keys));
  }

  private static ScheduledKey key(LinedValue entry) {
    Map<String, LinedValue> fields = entry.object(KEY_FIELDS);
    LinedValue id = entry.required(fields, "id");
    if (!id.text().matches("[0-9a-f]{8}")) {
      throw id.wrong("must be 8 lower-case hex digits");
    }
    LinedValue state = entry.required(fields, "state");
    if (!List.of(LIVE, REVOKED).contains(state.text())) {
      throw state.wrong("must be \"live\" or \"revoked\"; all else follows from the times");
    }
    Instant created = time(entry.required(fields, "created"));
    Instant signsFrom = time(entry.required(fields, "signsFrom"));
    LinedValue end = fields.get("verifiesUntil");
    Instant until = end == null ? null : time(end);
    LinedValue secret = fields.get("secret");
    if (state.text().equals(REVOKED)) {
      if (secret != null) {
        throw secret.wrong("a revoked key keeps no secret; remove it");
      }
      return checked(entry, () -> ScheduledKey.revoked(id.text(), created, signsFrom, until));
    }
    LinedValue text = entry.required(fields, "secret");
    String own = text.text();
    String derived = checked(text, () -> MasterKey.parse(own).id());
    if (!derived.equals(id.text())) {
      throw id.wrong(
          "is %s, but the secret's id is %s: one of them was changed"
              .formatted(id.text(), derived));
    }
    return checked(entry, () -> ScheduledKey.live(own, created, signsFrom, until));
  }

  private static <T> T checked(LinedValue where, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw where.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Instant time(LinedValue value) {
    try {
      return Instant.parse(value.text());
    } catch (DateTimeException e) {
      // The cause is not kept: it quotes the text, which may be a secret in the wrong place.
      throw value.wrong("is no time; write it in UTC, like 2026-07-01T12:00:00Z");
    }
  }

  private static Duration duration(LinedValue value) {
    try {
      return Duration.parse(value.text());
    } catch (DateTimeException e) {
      // The cause is not kept, as above.
      throw value.wrong("is no duration; write it like PT12H or P30D");
    }
  }

  static String write(KeySchedule schedule) {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeStringField("longestSession", schedule.longestSession().toString());
      json.writeArrayFieldStart("keys");
      for (ScheduledKey key : schedule.keys()) {
        write(key, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new AssertionError(e); // A StringWriter never fails.
    }
    return text.toString();
  }

  private static void write(ScheduledKey key, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", key.id());
    write("secret", key.secret(), json);
    write("created", key.created(), json);
    write("signsFrom", key.signsFrom(), json);
    write("verifiesUntil", key.verifiesUntil(), json);
    json.writeStringField("state", key.isRevoked() ? REVOKED : LIVE);
    json.writeEndObject();
  }

  private static void write(String name, @Nullable Object value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }
}
