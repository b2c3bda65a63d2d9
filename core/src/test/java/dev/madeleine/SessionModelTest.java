package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.json.JsonSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests, and a plain map beside each session that says what it has to hold. */
final class SessionModelTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "zoé", "list", "lost");
  private static final int VISITS = 100;
  private static final int REQUESTS = 6;
  private static final int STEPS = 12;

  record Size(int width) {}

  private static final Attribute<Size> LOST = Attribute.of("lost", Size.class);

  private final Random random = new Random(13);

  /** What the session holds: the very objects that were put, or handed out. */
  private Map<String, Object> model = new LinkedHashMap<>();

  /** Whether an attribute that this release cannot read travels along. */
  private boolean carried;

  private Map<String, Object> copy() {
    Map<String, Object> copy = new LinkedHashMap<>();
    model.forEach(
        (name, value) -> copy.put(name, value instanceof List<?> l ? new ArrayList<>(l) : value));
    if (carried) {
      copy.put("lost", "carried");
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "counting", "declaring"})
  void aSessionHoldsWhatItsModelHolds(String kind) {
    Serializer serializer =
        switch (kind) {
          case "json" -> JsonSerializer.PLAIN;
          case "declaring" ->
              JsonSerializer.PLAIN.withAttributes(
                  Attribute.of("list", new TypeToken<List<Integer>>() {}));
          default -> new CountingSerializer(new ArrayList<>());
        };
    for (int visit = 0; visit < VISITS; visit++) {
      model = new LinkedHashMap<>();
      Scene scene = Scene.serializing(serializer);
      carried = !kind.equals("counting") && random.nextBoolean();
      if (carried) {
        Scene next =
            Scene.serializing(
                kind.equals("declaring")
                    ? ((JsonSerializer) serializer).withAttributes(LOST)
                    : JsonSerializer.PLAIN.withAttributes(LOST));
        next.signedIn("a", 1, "lost", new Size(7), "list", new ArrayList<>(List.of(5)));
        scene.cookie = next.cookie;
        model.put("a", 1);
        model.put("list", List.of(5));
      }
      for (int request = 0; request < REQUESTS; request++) {
        request(scene, kind + " visit " + visit + " request " + request);
        if (random.nextInt(3) == 0) {
          scene.later(60);
        }
      }
    }
  }

  private void request(Scene scene, String where) {
    Session session = scene.request();
    Map<String, Object> received = copy();
    Map<String, Object> saved = received;
    StringBuilder steps = new StringBuilder(where);
    for (int step = 0; step < STEPS; step++) {
      int what = random.nextInt(9);
      steps.append(' ').append(what);
      if (what == 8) {
        scene.sessions.save(session);
        saved = copy();
      } else {
        step(session, what, steps);
      }
      if (random.nextBoolean()) {
        assertThat(session.isChanged())
            .as("%s: changed", steps)
            .isEqualTo(!copy().equals(received));
      }
      if (random.nextBoolean()) {
        assertThat(session.exchange().hasUnsavedChanges())
            .as("%s: unsaved", steps)
            .isEqualTo(!copy().equals(saved));
      }
      if (random.nextBoolean()) {
        assertThat(session.names()).as("%s: names", steps).isEqualTo(model.keySet());
        assertThat(session.isEmpty()).isEqualTo(model.isEmpty());
      }
    }
    scene.respond(session);
    check(scene, steps);
  }

  private void step(Session session, int what, StringBuilder steps) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    steps.append(name);
    switch (what) {
      case 0, 1 -> put(session, name, random.nextInt(3));
      case 2 -> put(session, "list", new ArrayList<>(List.of(random.nextInt(3))));
      case 3, 4 -> {
        Object value = session.get(name);
        assertThat(value).as("%s: value", steps).isEqualTo(model.get(name));
        if (value != null) {
          model.put(name, value);
        }
        if (value instanceof List<?> && what == 4) {
          @SuppressWarnings("unchecked")
          List<Object> list = (List<Object>) value;
          if (list.size() > 1) {
            list.remove(1);
          } else {
            list.add(1);
          }
        }
      }
      case 5, 6 -> {
        session.remove(name);
        forget(name);
      }
      default -> {
        if (random.nextInt(4) == 0) {
          session.clear();
          model.clear();
          carried = false;
        }
      }
    }
  }

  private void put(Session session, String name, Object value) {
    Object fit =
        name.equals("list") && value instanceof Integer i ? new ArrayList<>(List.of(i)) : value;
    session.put(name, fit);
    forget(name);
    model.put(name, fit);
  }

  private void forget(String name) {
    model.remove(name);
    carried &= !name.equals("lost");
  }

  private void check(Scene scene, StringBuilder steps) {
    if (scene.cookie == null) {
      assertThat(copy()).as("%s: no cookie", steps).isEmpty();
      return;
    }
    SessionSnapshot sealed = scene.sealed();
    Map<String, Object> attributes = new LinkedHashMap<>(sealed.attributes());
    assertThat(attributes).as("%s: sealed", steps).isEqualTo(model);
    Set<String> unreadable = new TreeSet<>(sealed.unreadable());
    assertThat(unreadable).as("%s: carried", steps).isEqualTo(carried ? Set.of("lost") : Set.of());
  }
}
