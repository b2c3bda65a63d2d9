package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values that are built when they are read, and values that are built when they are asked for. */
final class LocatedAttributesTest {
  /** Attributes whose values are built when they are first asked for; those named broken cannot. */
  private static final class Late implements LocatedAttributes {
    private final Map<String, Object> stored;
    private final Map<String, Object> built = new HashMap<>();
    private final Set<String> names;
    private final Set<String> unreadable = new LinkedHashSet<>();

    Late(Map<String, Object> stored) {
      this.stored = stored;
      names = new LinkedHashSet<>(stored.keySet());
    }

    @Override
    public Set<String> names() {
      return Collections.unmodifiableSet(names);
    }

    @Override
    public Object value(String name) {
      if (name.startsWith("broken") && names.remove(name)) {
        unreadable.add(name);
      }
      return names.contains(name) ? built.computeIfAbsent(name, stored::get) : null;
    }

    @Override
    public Set<String> unreadable() {
      return Collections.unmodifiableSet(unreadable);
    }
  }

  private static Map<String, Object> stored() {
    Map<String, Object> stored = new LinkedHashMap<>();
    stored.put("a", 1);
    stored.put("broken", 2);
    stored.put("list", List.of(3));
    stored.put("null", null);
    return stored;
  }

  @Test
  void allOfThemMayBeAValueOfAnotherSession() throws IOException {
    for (LocatedAttributes located :
        List.of(new Late(Map.of("a", 1)), LocatedAttributes.of(Map.of("a", 1)))) {
      byte[] bytes = JsonSerializer.PLAIN.toBytes(Map.of("data", located.asMap()));
      assertThat(JsonSerializer.PLAIN.fromBytes(bytes)).isEqualTo(Map.of("data", Map.of("a", 1)));
    }
  }

  @Test
  void namesAndUnreadableOnesAreApart() {
    LocatedAttributes located = LocatedAttributes.of(stored(), List.of("z", "y"));
    assertThat(located.names()).containsExactly("a", "broken", "list", "null");
    assertThat(located.unreadable()).containsExactly("z", "y");
    assertThat(located.value("z")).isNull();
    assertThat(located).hasToString("4 attributes, 2 unreadable");
    assertThatThrownBy(() -> located.unreadable().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> located.names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aViewBuildsTheOneValueThatIsLookedUp() {
    Late late = new Late(stored());
    Map<String, Object> view = late.asMap();
    assertThat(view.get("a")).isEqualTo(1);
    assertThat(view.containsKey("null")).isTrue();
    assertThat(view.containsKey("nothing")).isFalse();
    assertThat(late.built).containsOnlyKeys("a");
    assertThat(view.containsKey("broken")).isFalse();
    assertThat(late.unreadable()).containsExactly("broken");
  }

  @Test
  void aViewThatIsGoneThroughShowsWhatCanBeRead() {
    Late late = new Late(stored());
    Map<String, Object> view = late.asMap();
    assertThat(view.keySet()).containsExactly("a", "list", "null");
    assertThat(view).hasSize(3).containsEntry("list", List.of(3)).containsEntry("null", null);
    assertThatThrownBy(() -> view.put("a", 2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(late.unreadable()).containsExactly("broken");
  }

  @Test
  void aPictureKnowsWhatCouldNotBeRead() {
    SessionSnapshot picture = SessionSnapshot.of(new Late(stored()));
    assertThat(picture.attributes()).hasSize(3);
    assertThat(picture.unreadable()).containsExactly("broken");
    assertThat(SessionSnapshot.of(Map.of("a", 1)).unreadable()).isEmpty();
  }

  @Test
  void fromBytesGivesAllOrNothing() throws IOException {
    Serializer late =
        new Serializer() {
          @Override
          public String name() {
            return "late";
          }

          @Override
          public void write(Map<String, Object> attributes, OutputStream out) throws IOException {
            JsonSerializer.PLAIN.write(attributes, out);
          }

          @Override
          public LocatedAttributes read(byte[] bytes, int offset, int length) throws IOException {
            return new Late(JsonSerializer.PLAIN.read(bytes, offset, length).asMap());
          }
        };
    assertThat(late.fromBytes(Fixtures.utf8("{\"a\":1}"))).isEqualTo(Map.of("a", 1));
    assertThatThrownBy(() -> late.fromBytes(Fixtures.utf8("{\"a\":1,\"broken\\n\":2}")))
        .isInstanceOf(IOException.class)
        .hasMessage("attribute \"broken?\" is unreadable");
  }
}
