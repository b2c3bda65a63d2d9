package dev.madeleine;

import static dev.madeleine.IndependentFormatTest.json;
import static dev.madeleine.NodeFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is JSON of ours and what is refused, by an implementation that was written from
 * docs/formats.md alone.
 */
final class IndependentJsonTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Tags whose text only Java can judge. */
  static final Pattern UNCHECKED = Pattern.compile("~(locale|uri|zone|zoneddatetime)\\b");

  private final Random random = new Random(20_260_102);
  private final RandomAttributes attributes = new RandomAttributes(random);

  /** Texts that are nearly right. */
  private String changedJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    while (map.size() < 4) {
      map.put("a" + map.size(), attributes.value(0));
      map.put("s" + map.size(), attributes.set());
    }
    map.put("m", Map.of("~", List.of(0, 10, "e", true, Map.of())));
    StringBuilder json = new StringBuilder(json(map));
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      int at = random.nextInt(json.length());
      char c = "{}[]\":,~0123456789-+eE.aZ_/TtuZ".charAt(random.nextInt(31));
      switch (random.nextInt(3)) {
        case 0 -> json.setCharAt(at, c);
        case 1 -> json.insert(at, c);
        default -> json.deleteCharAt(at);
      }
    }
    return json.toString();
  }

  private static String root(String... values) {
    StringBuilder json = new StringBuilder();
    for (String value : values) {
      json.append(json.isEmpty() ? "{" : ",").append("\"a").append(json.length()).append("\":");
      json.append(value);
    }
    return json + "}";
  }

  /** Texts at the limits, and where the document has to be read closely. */
  private static List<String> closeJson() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int depth = 13; depth < 18; depth++) {
      texts.add(root("[".repeat(depth) + "]".repeat(depth)));
      texts.add(root("[".repeat(depth) + "{\"~long\":\"5\"}" + "]".repeat(depth)));
      texts.add(root("[".repeat(depth) + "{\"~set\":[]}" + "]".repeat(depth)));
      texts.add(root("{\"~later\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }
    for (int count = 505; count < 516; count++) {
      String members =
          IntStream.range(0, count)
              .mapToObj(i -> "\"" + i + "\":1")
              .collect(Collectors.joining(",", "{", "}"));
      texts.add(members);
      texts.add(root(members));
      texts.add(root("{\"~later\":" + members + "}"));
    }
    for (int count = 993; count < 1003; count++) {
      String list = "[" + "1,".repeat(count) + "1]";
      texts.add(root(list));
      texts.add(root("1", "{\"~later\":" + list + "}"));
    }
    for (int length = 126; length < 131; length++) {
      for (String character : List.of("x", "é", "\\u0041", "😀")) {
        texts.add("{\"" + character.repeat(length) + "\":1}");
        texts.add("{\"" + character.repeat(length / 2) + "\":1}");
      }
      texts.add(root("{\"~" + "x".repeat(length) + "\":1}"));
    }
    for (int length = 28; length < 36; length++) {
      texts.add(root("0." + "1".repeat(length)));
      texts.add(root("-0." + "0".repeat(length)));
      texts.add(root("1." + "0".repeat(length) + "E0"));
      texts.add(root("1E" + "0".repeat(length)));
      texts.add(root("1".repeat(length)));
      texts.add(root("{\"~" + "x".repeat(length) + "\":1}"));
    }
    for (String value : Files.readAllLines(Path.of("src/test/resources/attribute-values.txt"))) {
      texts.add(root(value));
      texts.add(root("[" + value + "]"));
      texts.add(root("1", " " + value + "\t\n\r ", "{\"b\":" + value + "}"));
    }
    texts.addAll(
        List.of(
            "", " ", "{", "{}", " {} ", "{}{}", "{},", "{} x", "[]", "null", "\"\"", "\ufeff{}"));
    texts.addAll(List.of("{\"a\":1,}", "{,}", "{\"a\":[1,]}", "{\"a\":'b'}", "{a:1}", "{}\f"));
    texts.addAll(
        List.of("{\"a\":\"\t\"}", "{\"a\":\"\u007f\u2028\"}", "{\"a\":1}//", "{\"a\":1;}"));
    return texts;
  }

  @Test
  void judgesJsonAsWeDo() throws Exception {
    List<byte[]> texts = new ArrayList<>();
    closeJson().forEach(text -> texts.add(Fixtures.utf8(text)));
    for (String hex : List.of("c080", "ff", "eda0bd", "f4908080", "c3", "e282", "80", "efbbbf")) {
      texts.add(HEX.parseHex("7b2261223a22" + hex + "227d"));
    }
    for (int i = 0; i < 8_000; i++) {
      texts.add(Fixtures.utf8(changedJson()));
    }
    List<JsonNode> answers = NodeFormat.ask(texts.stream().map(text -> call(text)).toList());
    int accepted = 0;
    for (int i = 0; i < texts.size(); i++) {
      String json = new String(texts.get(i), StandardCharsets.UTF_8);
      String ours = canonical(texts.get(i));
      JsonNode answer = answers.get(i);
      if (ours != null && answer.has("result")) {
        accepted++;
      } else if (UNCHECKED.matcher(json).find()) {
        continue;
      }
      if (json.contains("~own")) { // It knows no declared types, so it leaves them as they stand.
        assertThat(answer.has("result")).as("%s", json).isEqualTo(ours != null);
      } else {
        assertThat(answer.path("result").asText(null)).as("%s", json).isEqualTo(ours);
      }
    }
    assertThat(accepted).isBetween(3000, 7000);
  }

  private static ObjectNode call(byte[] json) {
    return JSON.createObjectNode().put("op", "json").put("json", HEX.formatHex(json));
  }

  /** The text of the attributes that can be read, or null if the whole is refused. */
  private static String canonical(byte[] json) {
    try {
      return json(JsonSerializer.PLAIN.read(json, 0, json.length).asMap());
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
