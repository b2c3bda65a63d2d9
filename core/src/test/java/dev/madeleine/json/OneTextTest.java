package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.madeleine.LocatedAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is read has one text, but for what docs/formats.md names; and its examples are it. */
final class OneTextTest {
  private static final JsonSerializer JSON = JsonSerializer.PLAIN;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SPACE_OR_FRACTION = Pattern.compile("\\s|[0-9][.eE]");
  private static final Pattern ROW = Pattern.compile("\\| `(~[a-z]*)` \\|.*\\| `([^`]+)` \\|");

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether a text is one of those that docs/formats.md takes though they are not canonical. */
  private static boolean isTakenAnyway(String json) {
    return json.contains("\\")
        || SPACE_OR_FRACTION.matcher(QUOTED.matcher(json).replaceAll("")).find();
  }

  private static String sample(Random random, List<List<Object>> edges) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      List<Object> values = edges.get(random.nextInt(edges.size()));
      Object value = values.get(random.nextInt(values.size()));
      attributes.put("a" + i, value);
      if (!(value instanceof byte[])) {
        attributes.put("s" + i, new LinkedHashSet<>(Arrays.asList(value, random.nextInt(9))));
      }
    }
    attributes.put("m", Map.of("~", List.of(0, 10, "e", true, Map.of())));
    attributes.put("l", 5_000_000_000L);
    return text(JSON.toBytes(attributes));
  }

  @Test
  void aChangedTextIsRefusedOrIsTheOneOfAnotherValue() {
    Random random = new Random(4096);
    String characters = "{}[]\":,~0123456789-+eE.aZ_/TtuZ";
    List<List<Object>> edges = new ArrayList<>(TypeTagTest.edges().values());
    int read = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder changed = new StringBuilder(sample(random, edges));
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        int at = random.nextInt(changed.length());
        char c = characters.charAt(random.nextInt(characters.length()));
        switch (random.nextInt(3)) {
          case 0 -> changed.setCharAt(at, c);
          case 1 -> changed.insert(at, c);
          default -> changed.deleteCharAt(at);
        }
      }
      String json = changed.toString();
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      LocatedAttributes located;
      try {
        located = JSON.read(bytes, 0, bytes.length);
      } catch (IOException | RuntimeException e) {
        continue;
      }
      byte[] again;
      try {
        again = JSON.toBytes(located.asMap());
      } catch (IllegalArgumentException e) {
        fail("reads what it does not write: " + json, e);
        return;
      }
      if (located.unreadable().isEmpty() && !isTakenAnyway(json)) {
        read++;
        assertThat(text(again)).isEqualTo(json);
      }
    }
    assertThat(read).isGreaterThan(3000);
  }

  @Test
  void theExamplesOfTheFormatsDocumentAreTheTextsOfAllTags() throws IOException {
    Set<String> documented = new LinkedHashSet<>();
    for (String line : Files.readAllLines(Path.of("../docs/formats.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String tag = row.group(1);
        assertThat(documented.add(tag)).as(tag).isTrue();
        String json = "{\"x\":" + row.group(2) + "}";
        assertThat(row.group(2)).startsWith("{\"" + tag + "\":");
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        LocatedAttributes located = JSON.read(bytes, 0, bytes.length);
        if (tag.equals(TypeTag.OWN)) {
          assertThat(located.unreadable()).containsExactly("x");
        } else {
          assertThat(text(JSON.toBytes(located.asMap()))).isEqualTo(json);
        }
      }
    }
    Set<String> all = new LinkedHashSet<>(List.of(TypeTag.ESCAPE, TypeTag.OWN));
    TypeTag.ALL.forEach(tag -> all.add(tag.tag()));
    Stream.of(CollectionType.values()).map(CollectionType::tag).forEach(all::add);
    all.remove(null);
    assertThat(documented).containsExactlyInAnyOrderElementsOf(all);
  }
}
