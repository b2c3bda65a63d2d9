package dev.madeleine.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.Serializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link Serializer} has to do; a subclass says which. */
public abstract class SerializerContract {
  /** The serializer that is tested. */
  protected abstract Serializer serializer();

  /** What is sent, anew at each call; a subclass adds what its serializer carries beyond that. */
  protected Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("user", "zoé 🍪");
    attributes.put("views", 42);
    attributes.put("admin", false);
    attributes.put("ratio", 0.1);
    attributes.put("cart", new ArrayList<>(List.of("madeleine", 2, List.of())));
    attributes.put("sizes", new LinkedHashMap<>(Map.of("small", 1)));
    return attributes;
  }

  private Map<String, Object> read(byte[] bytes) throws IOException {
    return serializer().read(bytes, 0, bytes.length).asMap();
  }

  @Test
  void hasAStableShortName() {
    assertThat(serializer().name()).matches("[a-z0-9-]{1,20}").isEqualTo(serializer().name());
  }

  @Test
  void bringsAllAttributesBackInTheirOrder() throws IOException {
    Map<String, Object> back = read(serializer().toBytes(attributes()));
    assertThat(back).isEqualTo(attributes());
    assertThat(back.keySet()).containsExactlyElementsOf(attributes().keySet());
    assertThat(read(serializer().toBytes(Map.of()))).isEmpty();
  }

  @Test
  void writesTheSameBytesForTheSameAttributes() throws IOException {
    byte[] bytes = serializer().toBytes(attributes());
    assertThat(serializer().toBytes(attributes())).isEqualTo(bytes);
    assertThat(serializer().toBytes(read(bytes))).isEqualTo(bytes);
    Map<String, Object> changed = attributes();
    changed.put("views", 43);
    assertThat(serializer().toBytes(changed)).isNotEqualTo(bytes);
  }

  @Test
  void readsInTheMiddleOfAnArray() throws IOException {
    byte[] bytes = serializer().toBytes(attributes());
    byte[] around = new byte[bytes.length + 20];
    Arrays.fill(around, (byte) '{');
    System.arraycopy(bytes, 0, around, 7, bytes.length);
    byte[] before = around.clone();
    assertThat(serializer().read(around, 7, bytes.length).asMap()).isEqualTo(attributes());
    assertThat(around).isEqualTo(before);
  }

  @Test
  @SuppressWarnings("unchecked")
  void handsOutMutableMapsAndLists() throws IOException {
    byte[] bytes = serializer().toBytes(attributes());
    Map<String, Object> back = read(bytes);
    ((List<Object>) requireNonNull(back.get("cart"))).add("tea");
    ((Map<String, Object>) requireNonNull(back.get("sizes"))).put("large", 2);
    assertThat(back).isNotEqualTo(attributes());
    assertThat(read(bytes)).isEqualTo(attributes());
  }

  @Test
  void checkTakesWhatComesBackAndRefusesTheRest() {
    attributes().forEach((name, value) -> serializer().check(name, value));
    assertThatThrownBy(() -> serializer().check("odd", new AtomicReference<>("hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("odd")
        .hasMessageContaining("AtomicReference")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void canReadEverythingThatItWrote() throws IOException {
    byte[] bytes = serializer().toBytes(attributes());
    LocatedAttributes located = serializer().read(bytes, 0, bytes.length);
    assertThat(located.names()).containsExactlyElementsOf(attributes().keySet());
    assertThat(located.asMap()).isEqualTo(attributes());
    assertThat(located.unreadable()).isEmpty();
    assertThat(serializer().fromBytes(bytes)).isEqualTo(attributes());
  }

  @Test
  void buildsAValueOnce() throws IOException {
    byte[] bytes = serializer().toBytes(attributes());
    LocatedAttributes located = serializer().read(bytes, 0, bytes.length);
    attributes()
        .forEach(
            (name, value) ->
                assertThat(located.value(name))
                    .isEqualTo(value)
                    .isSameAs(located.value(name))
                    .isSameAs(located.asMap().get(name)));
    assertThat(located.value("nothing")).isNull();
  }

  @Test
  void theAttributesThatItReadCannotBeReplaced() throws IOException {
    Map<String, Object> read = read(serializer().toBytes(attributes()));
    assertThatThrownBy(() -> read.put("user", "eve"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void truncatedBytesAreNoSession() {
    byte[] bytes = serializer().toBytes(attributes());
    for (int length = 0; length < bytes.length; length++) {
      int first = length;
      assertThatThrownBy(() -> serializer().read(bytes, 0, first))
          .as("first %s bytes", length)
          .isInstanceOfAny(IOException.class, RuntimeException.class);
    }
  }

  @Test
  void changedBytesAreReadOrRefusedButNeverBreakAnything() {
    Random random = new Random(36518);
    byte[] bytes = serializer().toBytes(attributes());
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(new LinkedHashMap<>(read(changed))).isNotNull(); // Every value is built.
        assertThat(serializer().fromBytes(changed)).isNotNull();
      } catch (IOException | RuntimeException e) {
        assertThat(e).isNotNull(); // That is how a serializer refuses.
      } catch (Error e) {
        fail("an Error for " + Arrays.toString(changed), e);
      }
    }
  }

  @Test
  void servesSeveralThreads() throws Exception {
    Serializer shared = serializer();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        work.add(
            () -> {
              int good = 0;
              for (int i = 0; i < 1000; i++) {
                Map<String, Object> mine = new LinkedHashMap<>(attributes());
                mine.put("thread", number);
                mine.put("i", i);
                byte[] bytes = shared.toBytes(mine);
                good += shared.fromBytes(bytes).equals(mine) ? 1 : 0;
              }
              return good;
            });
      }
      for (Future<Integer> result : threads.invokeAll(work)) {
        assertThat(result.get()).isEqualTo(1000);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
