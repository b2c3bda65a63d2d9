package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import dev.madeleine.json.JsonSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sessions that every benchmark measures: a login, a login with a shopping cart, and about as
 * much as one cookie holds. Only values that plain JSON brings back, so that all contenders carry
 * the same.
 */
public enum SampleSession {
  /** About 164 bytes of JSON. */
  SMALL(0),
  /** About 1.5 KB of JSON. */
  MEDIUM(12),
  /** About 3 KB of JSON. */
  LARGE(24);

  /** The attribute that counts, as every session's first one does. */
  static final String VIEWS = "views";

  /** The id of each sample. */
  static final String ID = "7d3c0a5be19f4268a0c1d4937b52ee86";

  private final int cartLines;

  SampleSession(int cartLines) {
    this.cartLines = cartLines;
  }

  /** The attributes, a new map. */
  Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "ada.k.lovelace@example.org");
    attributes.put("roles", List.of("editor", "reviewer"));
    attributes.put("locale", "en-GB");
    attributes.put(VIEWS, 42);
    attributes.put("darkMode", true);
    attributes.put("csrf", "kJx0Vb3nQm7TzR5sYw2LhPcA9fUdGe1oXtNqZ6vM4iB");
    if (cartLines > 0) {
      attributes.put("cart", cart());
    }
    return attributes;
  }

  /** The name of its longest list. */
  String listName() {
    return cartLines > 0 ? "cart" : "roles";
  }

  private List<Map<String, Object>> cart() {
    List<Map<String, Object>> cart = new ArrayList<>();
    for (int i = 1; i <= cartLines; i++) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("sku", "book-" + (9000 + 37 * i));
      line.put("title", "Notes on the Analytical Engine, volume " + (10 + i));
      line.put("quantity", 1 + i % 3);
      line.put("cents", 1295 + 50 * i);
      line.put("giftWrap", i % 4 == 0);
      cart.add(line);
    }
    return cart;
  }

  /** The session as it is sealed now. */
  SessionSnapshot sealedAt(Instant now) {
    return SessionSnapshot.of(attributes())
        .withId(ID)
        .withTimes(now, now)
        .withMaxIdle(Duration.ofMinutes(30));
  }

  /** The size of the attributes as JSON: what a result calls the size. */
  int jsonBytes() {
    return JsonSerializer.PLAIN.toBytes(attributes()).length;
  }
}
