package dev.madeleine.encoders;

import dev.madeleine.json.format.Input.Kind;
import dev.madeleine.json.format.JsonInput;
import dev.madeleine.json.format.JsonRules;
import dev.madeleine.json.format.JsonScanner;
import dev.madeleine.json.format.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code JSON.parse} reads of an object (ECMA-262 section 25.5.1), and no tags: {@code
 * {"~uuid":…}} stays a map. One object reads one session.
 *
 * <p>Stricter than {@code JSON.parse} where no {@code JSON.stringify} writes it: bytes that are not
 * UTF-8, white space in front, a name twice, numbers beyond a double, a name with half a character
 * (a lone surrogate).
 */
final class JsonParse {
  private static final JsonRules RULES =
      new JsonRules(
          ForeignJsonLimits.MAX_DEPTH,
          ForeignJsonLimits.MAX_NAME,
          ForeignJsonLimits.MAX_NAMES,
          ForeignJsonLimits.MAX_VALUES,
          JsonRules.Numbers.JAVASCRIPT,
          false);

  private final JsonInput json;

  private JsonParse(JsonInput json) {
    this.json = json;
  }

  /** The object in these bytes, in the order of its names. */
  static Map<String, Object> read(byte[] bytes, int offset, int length) throws IOException {
    Members members = JsonScanner.scan(bytes, offset, length, RULES);
    JsonInput json = new JsonInput(bytes, members.start());
    json.next();
    return new JsonParse(json).object();
  }

  private @Nullable Object value(Kind kind) {
    return switch (kind) {
      case TEXT -> json.text();
      case INTEGER, FRACTION -> EcmaNumber.fromJavaScript(json.fraction());
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
      case LIST -> array();
      case MAP -> object();
      case BYTES, END -> throw new AssertionError(kind); // JSON has none, and the text was checked.
    };
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    for (Kind kind = json.next(); kind != Kind.END; kind = json.next()) {
      list.add(value(kind));
    }
    return list;
  }

  @SuppressWarnings("NullAway") // JSON null is a value.
  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String name = json.name(); name != null; name = json.name()) {
      map.put(name, value(json.next()));
    }
    return map;
  }
}
