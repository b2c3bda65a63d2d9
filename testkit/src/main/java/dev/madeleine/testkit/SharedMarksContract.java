package dev.madeleine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.SharedMarks;
import dev.madeleine.SharedMarks.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link SharedMarks} has to do; a subclass says which. */
public abstract class SharedMarksContract {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final List<SharedMarks> opened = new ArrayList<>();

  /**
   * A node's view of the engine that is tested, in which no test has written anything: those of one
   * test with the same names share what is written.
   *
   * @param application a name of 1 to 20 letters and digits; another one in each test
   * @param audience empty for none
   */
  protected abstract SharedMarks open(String application, String audience);

  private SharedMarks node(String application, String audience) {
    SharedMarks node = open(application, audience);
    opened.add(node);
    return node;
  }

  private SharedMarks node(String application) {
    return node(application, "");
  }

  @AfterEach
  void close() {
    opened.forEach(SharedMarks::close);
  }

  private static byte[] entry(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Instant later() {
    return Instant.now().plusSeconds(3600);
  }

  private static void append(SharedMarks node, String... texts) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (String text : texts) {
      entries.add(entry(text));
    }
    node.append(entries, later());
  }

  /** Reads on until there is no more; adds what was read, and returns where to go on. */
  private static String readAll(SharedMarks node, @Nullable String position, Set<String> texts)
      throws IOException {
    Batch batch = node.read(position, AT_ONCE);
    add(batch, texts);
    while (batch.more()) {
      batch = node.read(batch.position(), AT_ONCE);
      add(batch, texts);
    }
    return batch.position();
  }

  private static void add(Batch batch, Set<String> texts) {
    batch.entries().forEach(entry -> texts.add(new String(entry, StandardCharsets.UTF_8)));
  }

  private static Set<String> all(SharedMarks node) throws IOException {
    Set<String> texts = new TreeSet<>();
    readAll(node, null, texts);
    return texts;
  }

  @Test
  void isEmptyAtFirst() throws IOException {
    Batch batch = node("empty").read(null, AT_ONCE);
    assertThat(batch.entries()).isEmpty();
    assertThat(batch.more()).isFalse();
    assertThat(batch.restarted()).isFalse();
  }

  @Test
  void whatOneNodeAppendsTheOtherReads() throws IOException {
    SharedMarks one = node("two");
    SharedMarks other = node("two");
    Set<String> seen = new TreeSet<>();
    String position = readAll(other, null, seen);
    append(one, "a", "b");
    position = readAll(other, position, seen);
    assertThat(seen).containsExactly("a", "b");
    append(one, "c");
    append(other, "d");
    readAll(other, position, seen);
    assertThat(seen).containsExactly("a", "b", "c", "d");
    assertThat(all(one)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void entriesAreAnyBytes() throws IOException {
    SharedMarks node = node("bytes");
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    byte[] large = new byte[100_000];
    node.append(List.of(every, large), later());
    assertThat(node.read(null, AT_ONCE).entries()).contains(every, large);
  }

  @Test
  void applicationsAndAudiencesNeverMeet() throws IOException {
    append(node("shop"), "shop");
    append(node("shop", "eu"), "eu");
    append(node("shop", "us"), "us");
    append(node("shops"), "shops");
    assertThat(all(node("shop"))).containsExactly("shop");
    assertThat(all(node("shop", "eu"))).containsExactly("eu");
    assertThat(all(node("shop", "us"))).containsExactly("us");
    assertThat(node("shop", "eu").audience()).isEqualTo("eu");
  }

  @Test
  void nothingIsLeftOutWhileManyWrite() throws Exception {
    int writers = 4;
    int each = 150;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      SharedMarks reader = node("many");
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        SharedMarks node = node("many");
        String name = "writer " + i + " ";
        writing.add(
            threads.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    append(node, name + j);
                  }
                  return null;
                }));
      }
      Set<String> seen = new TreeSet<>();
      String position = null;
      while (writing.stream().anyMatch(future -> !future.isDone())) {
        position = readAll(reader, position, seen);
      }
      for (Future<?> one : writing) {
        one.get();
      }
      readAll(reader, position, seen);
      assertThat(seen).hasSize(writers * each);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoWaitsIsToldWithinASecond() throws Exception {
    SharedMarks reader = node("wait");
    SharedMarks writer = node("wait");
    String position = readAll(reader, null, new TreeSet<>());
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Batch> answer = thread.submit(() -> reader.read(position, Duration.ofSeconds(5)));
      Thread.sleep(100); // Long enough to wait by then; the result is the same if it does not.
      long begun = System.nanoTime();
      append(writer, "a");
      Set<String> seen = new TreeSet<>();
      add(answer.get(), seen);
      assertThat(seen).containsExactly("a");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anAnswerAtOnceDoesNotWait() throws IOException {
    SharedMarks node = node("once");
    String position = readAll(node, null, new TreeSet<>());
    long begun = System.nanoTime();
    Batch batch = node.read(position, AT_ONCE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    assertThat(batch.entries()).isEmpty();
  }

  @Test
  void packsTakeThePlaceOfWhatWasRead() throws IOException {
    SharedMarks one = node("packs");
    SharedMarks slow = node("packs");
    Set<String> seen = new TreeSet<>();
    append(one, "a");
    String behind = readAll(slow, null, seen);
    append(one, "b", "c");
    String position = readAll(one, null, new TreeSet<>());
    append(slow, "d"); // After the position, so it stays.
    one.compact(position, () -> List.of(entry("abc")), later());

    // An engine need not compact.
    Set<String> late = all(node("packs"));
    assertThat(late.contains("abc") || late.containsAll(Set.of("a", "b", "c"))).isTrue();
    assertThat(late).contains("d");
    readAll(slow, behind, seen);
    assertThat(seen.contains("abc") || seen.containsAll(Set.of("b", "c"))).isTrue();
    assertThat(seen).contains("d");
    Set<String> after = new TreeSet<>();
    append(one, "e");
    readAll(one, position, after);
    assertThat(after).contains("d", "e");
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    SharedMarks node = node("close");
    String position = readAll(node, null, new TreeSet<>());
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> reading = thread.submit(() -> node.read(position, Duration.ofSeconds(30)));
      Thread.sleep(50); // Long enough to wait by then; the result is the same if it does not.
      long begun = System.nanoTime();
      node.close();
      try {
        reading.get();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(IOException.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    } finally {
      thread.shutdownNow();
    }
  }
}
