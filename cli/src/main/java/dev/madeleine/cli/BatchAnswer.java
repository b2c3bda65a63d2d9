package dev.madeleine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.madeleine.Decoded.Accepted;
import dev.madeleine.SessionSnapshot;
import dev.madeleine.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line that {@code madeleine batch} answers with: a JSON object. */
final class BatchAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final char LAST_ASCII = '~';

  private final Map<String, Object> fields = new LinkedHashMap<>();

  BatchAnswer with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds JSON text as it stands. */
  BatchAnswer json(String name, String text) {
    return with(name, new RawValue(text));
  }

  /** Adds what the seal vouches for besides the attributes, as far as the format has it. */
  BatchAnswer sealed(Accepted accepted) {
    SessionSnapshot session = accepted.snapshot();
    present("id", session.id());
    present("created", seconds(session.created()));
    present("refreshed", seconds(session.refreshed()));
    Duration maxIdle = session.maxIdle();
    present("maxIdle", maxIdle == null ? null : maxIdle.toSeconds());
    present("keyId", accepted.keyId());
    Subject subject = session.subject();
    if (subject != null) {
      with("subject", subject.hash()).with("generation", subject.generation());
    }
    if (session.remembered()) {
      with("remembered", true);
    }
    if (accepted.late()) {
      with("late", true);
    }
    List<String> unreadable = List.copyOf(session.unreadable());
    return unreadable.isEmpty() ? this : with("unreadable", unreadable);
  }

  BatchAnswer warnings(List<String> warnings) {
    return warnings.isEmpty() ? this : with("warnings", warnings);
  }

  private void present(String name, @Nullable Object value) {
    if (value != null) {
      with(name, value);
    }
  }

  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  /** The fields, for a command that answers about one cookie. */
  Map<String, Object> fields() {
    return fields;
  }

  private static String ascii(String json) {
    StringBuilder line = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > LAST_ASCII) {
        line.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** The line in ASCII, without its end: nothing in it ends a line for any reader. */
  String line() {
    try {
      return ascii(JSON.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e); // Texts, numbers, lists and maps can be written.
    }
  }
}
