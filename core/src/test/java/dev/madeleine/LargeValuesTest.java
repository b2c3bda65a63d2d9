package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.madeleine.json.JsonSerializer;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that could never be sent are refused while they are written. */
final class LargeValuesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Bytes that refusing a value may take, whatever its size. */
  private static final long MOST = 1_500_000;

  private static final String TEXT = "x".repeat(10_000_000);

  record Note(String text) {}

  record File(String name, List<Object> parts) {}

  private static long allocatedBy(Runnable action) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    action.run();
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }

  private static void assertRefusedAtOnce(Session session, String name, Object value) {
    Runnable put =
        () ->
            assertThatThrownBy(() -> session.put(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("Keep large data in a store and its key in the session");
    put.run();
    assertThat(allocatedBy(put)).as(value.getClass().getName()).isLessThan(MOST);
  }

  private static Session session() {
    return Scene.serializing(
            JsonSerializer.PLAIN.withAttributes(
                Attribute.of("note", Note.class),
                Attribute.of("file", File.class),
                Attribute.of("notes", new TypeToken<List<Note>>() {})))
        .request();
  }

  @Test
  void aValueThatIsTooLargeIsRefusedWhileItIsWritten() {
    Session session = session();
    assertRefusedAtOnce(session, "text", TEXT);
    assertRefusedAtOnce(session, "bytes", new byte[10_000_000]);
    assertRefusedAtOnce(session, "list", List.of("a", TEXT));
    assertRefusedAtOnce(session, "map", Map.of("a", Map.of("b", TEXT)));
    assertRefusedAtOnce(session, "many", Collections.nCopies(900, "x".repeat(60_000)));
    assertRefusedAtOnce(session, "escapes", "\u0001".repeat(60_000));
    assertRefusedAtOnce(session, "wide", "\u20ac".repeat(60_000));
    assertThat(session.isEmpty()).isTrue();
  }

  @Test
  void aDeclaredValueThatIsTooLargeIsRefusedWhileItIsWritten() {
    Session session = session();
    assertRefusedAtOnce(session, "note", new Note(TEXT));
    assertRefusedAtOnce(session, "file", new File("a", List.of(new byte[10_000_000])));
    assertRefusedAtOnce(session, "notes", Collections.nCopies(900, new Note("x".repeat(60_000))));
  }

  @Test
  void aNumberOrAddressThatIsTooLongIsRefusedBeforeItIsText() {
    Session session = session();
    BigInteger huge = BigInteger.ONE.shiftLeft(8_000_000);
    for (Object value : List.of(huge, new BigDecimal(huge), URI.create("urn:" + TEXT))) {
      Runnable put =
          () ->
              assertThatThrownBy(() -> session.put("x", value))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("more than");
      put.run();
      assertThat(allocatedBy(put)).as(value.getClass().getName()).isLessThan(MOST);
    }
  }

  @Test
  void whatGrowsInPlaceIsReportedAndTheCookieStays() {
    Scene scene = Scene.create().signedIn("list", new ArrayList<>(List.of("a")));
    Session session = scene.request();
    @SuppressWarnings("unchecked") // It was put above.
    List<String> list = (List<String>) session.get("list");
    list.add(TEXT);
    assertThatThrownBy(() -> scene.respond(session)).isInstanceOf(SessionTooLargeException.class);
    assertThat(scene.events).hasSize(1).allMatch(SessionEvent.SessionTooLarge.class::isInstance);
    assertThat(scene.sealed().attributes()).isEqualTo(Map.of("list", List.of("a")));
  }

  @Test
  void theLimitIsTheSameForWritingAndReading() throws Exception {
    JsonSerializer json = JsonSerializer.PLAIN;
    String longest = "x".repeat(65_536 - "{\"x\":\"\"}".length());
    byte[] bytes = json.toBytes(Map.of("x", longest));
    assertThat(bytes).hasSize(65_536);
    assertThat(json.fromBytes(bytes)).isEqualTo(Map.of("x", longest));
    assertThatThrownBy(() -> json.toBytes(Map.of("x", longest + "x")))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessage(
            "session is more than 65,536 bytes with attribute \"x\", before it is compressed and sealed."
                + " Keep large data in a store and its key in the session");
    assertThatThrownBy(() -> json.fromBytes(Fixtures.utf8("{\"x\":\"" + longest + "x\"}")))
        .hasMessageContaining("65536");
    Map<String, Object> several = new LinkedHashMap<>();
    several.put("a", "x".repeat(40_000));
    several.put("b", "x".repeat(40_000));
    assertThatThrownBy(() -> json.toBytes(several))
        .isInstanceOf(SessionTooLargeException.class)
        .hasMessageContaining("\"b\"");
  }
}
