package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The wire text of plain values, the limits, and what is refused. */
final class AttributeWriterTest {
  private static final JsonSerializer JSON = JsonSerializer.PLAIN;

  private static String json(Map<String, ?> attributes) {
    return new String(JSON.toBytes(new LinkedHashMap<>(attributes)), StandardCharsets.UTF_8);
  }

  private static String jsonOf(Object value) {
    return json(Collections.singletonMap("x", value));
  }

  private static Map<String, Object> tripped(Map<String, ?> attributes) throws IOException {
    byte[] bytes = JSON.toBytes(new LinkedHashMap<>(attributes));
    return JSON.fromBytes(bytes);
  }

  private static Object trip(Object value) throws IOException {
    JSON.check("x", value);
    return tripped(Map.of("x", value)).get("x");
  }

  // ---- the text ----

  @Test
  void plainValuesArePlainJson() {
    assertThat(jsonOf("a")).isEqualTo("{\"x\":\"a\"}");
    assertThat(jsonOf(-7)).isEqualTo("{\"x\":-7}");
    assertThat(jsonOf(1.5)).isEqualTo("{\"x\":1.5}");
    assertThat(jsonOf(true)).isEqualTo("{\"x\":true}");
    assertThat(jsonOf((Object) null)).isEqualTo("{\"x\":null}");
    assertThat(jsonOf(Arrays.asList(1, null, "b", List.of())))
        .isEqualTo("{\"x\":[1,null,\"b\",[]]}");
    assertThat(jsonOf(new HashMap<>(Map.of("b", Map.of())))).isEqualTo("{\"x\":{\"b\":{}}}");
    assertThat(json(Map.of())).isEqualTo("{}");
  }

  @Test
  void textIsWrittenAsUtf8AndOnlyEscapedWhereItMustBe() {
    assertThat(jsonOf("é🍪\u2028/<>&'")).isEqualTo("{\"x\":\"é🍪\u2028/<>&'\"}");
    assertThat(jsonOf("\"\\\b\t\n\f\r\u0000\u001f\u007f"))
        .isEqualTo("{\"x\":\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001F\u007f\"}");
    assertThat(jsonOf("\ud83c ")).isEqualTo("{\"x\":\"\\uD83C \"}");
  }

  @Test
  void setsAreTagged() {
    assertThat(jsonOf(new LinkedHashSet<>(List.of(2, 1)))).isEqualTo("{\"x\":{\"~set\":[2,1]}}");
    assertThat(jsonOf(Set.of())).isEqualTo("{\"x\":{\"~set\":[]}}");
  }

  @Test
  void attributesKeepTheirOrderAndNothingIsAddedAround() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("z", 1);
    attributes.put("a", 2);
    assertThat(json(attributes)).isEqualTo("{\"z\":1,\"a\":2}");
  }

  // ---- round trips ----

  @Test
  void plainEdgesComeBackEqual() throws IOException {
    for (Object value :
        List.of(
            "",
            " ",
            "\0",
            "\u007f\u0080\u2028\ufeff\uffff",
            "~",
            "{\"a\":1}",
            "🍪",
            "e\u0301",
            "é",
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            0,
            0.0,
            -0.0,
            0.1,
            1e21,
            -1e-21,
            123456789012345680.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_NORMAL,
            true,
            false)) {
      assertThat(trip(value)).isEqualTo(value).hasSameClassAs(value);
    }
  }

  @Test
  @DisplayName("text cut in the middle of an emoji comes back as it was")
  void loneSurrogatesComeBackInText() throws IOException {
    for (String text :
        List.of("\ud83c", "\udf6a", "a\ud83c", "\udf6ab", "\udf6a\ud83c", "\ud83c\ud83c\udf6a")) {
      assertThat(trip(text)).isEqualTo(text);
    }
    for (int length = 0; length < 300; length++) { // At every place in the generator's buffers.
      String text = "x".repeat(length) + "\ud83c" + "é".repeat(length) + "\ud83c\udf6a\udf6a";
      assertThat(trip(text)).isEqualTo(text);
    }
    String large = "\ud83c\udf6a\ud83c".repeat(3000);
    assertThat(trip(large)).isEqualTo(large);
  }

  @Test
  void loneSurrogatesComeBackInNamesOrAreRefused()
      throws IOException { // never lost on the next request
    for (String name : List.of("\ud83c", "\udf6a", "a\ud83c", "\udf6ab", "\udf6a\ud83c")) {
      assertComesBackOrIsRefused(Map.of(name, 1));
      assertComesBackOrIsRefused(Map.of("x", Map.of(name, 1)));
    }
  }

  private static void assertComesBackOrIsRefused(Map<String, Object> attributes)
      throws IOException {
    try {
      attributes.forEach(JSON::check);
      JSON.toBytes(attributes);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThatCode(() -> assertThat(tripped(attributes)).isEqualTo(attributes))
        .doesNotThrowAnyException();
  }

  @Test
  void oddNamesComeBack() throws IOException {
    Map<String, Object> names = new LinkedHashMap<>();
    for (String name :
        List.of(
            "",
            " ",
            "a",
            "A",
            "é",
            "e\u0301",
            "\0",
            "\"",
            "\\",
            "🍪",
            "\u2028",
            "~",
            "~long",
            "__proto__",
            "@class",
            ".")) {
      names.put(name, name);
    }
    assertThat(tripped(names)).isEqualTo(names);
    assertThat(trip(names)).isEqualTo(names);
  }

  @Test
  void mapsThatLookLikeTagsAreEscaped() throws IOException {
    assertThat(jsonOf(Map.of("~long", "5"))).isEqualTo("{\"x\":{\"~\":{\"~long\":\"5\"}}}");
    Map<String, Object> mixed = new LinkedHashMap<>();
    mixed.put("~uuid", "not one");
    mixed.put("b", 1);
    Map<String, Object> tildeLater = new LinkedHashMap<>();
    tildeLater.put("b", 1);
    tildeLater.put("~set", List.of(1, 1));
    for (Object map :
        List.of(
            Map.of("~long", "5"),
            Map.of("~", Map.of("~", 1)),
            Map.of("~set", List.of(1, 1)),
            Map.of("~", "a"),
            Map.of("~x", Map.of("~y", List.of(Map.of("~z", 1)))),
            Map.of("~unknown", "a"),
            Map.of("~~", 1),
            mixed,
            tildeLater,
            Map.of("a~", 1),
            Map.of("", Map.of("~long", "5")))) {
      assertThat(trip(map)).isEqualTo(map);
      assertThat(trip(List.of(map, map))).isEqualTo(List.of(map, map));
      assertThat(trip(Set.of(map))).isEqualTo(Set.of(map));
    }
    // The attributes themselves are never taken for a tag.
    assertThat(tripped(Map.of("~long", "5"))).isEqualTo(Map.of("~long", "5"));
  }

  @Test
  void collectionsComeBackAsMutableOnes() throws IOException {
    Object list = trip(List.of(List.of(1), Map.of("a", 1), Set.of(1)));
    assertThat(list).isInstanceOf(ArrayList.class);
    assertThat(((List<?>) list).get(0)).isInstanceOf(ArrayList.class);
    assertThat(((List<?>) list).get(1)).isInstanceOf(LinkedHashMap.class);
    assertThat(((List<?>) list).get(2)).isInstanceOf(LinkedHashSet.class);
  }

  @Test
  void elementsOfCollectionsKeepTheirTypes() throws IOException {
    List<Object> list = Arrays.asList(1, 1L, 1.0, 1f, (short) 1, (byte) 1, '1', "1", null, true);
    List<?> back = (List<?>) trip(list);
    assertThat(back).isEqualTo(list);
    assertThat(trip(new HashSet<>(list))).isEqualTo(new HashSet<>(list));
  }

  @Test
  void setsOfTextComeBackInTheirOrder() throws IOException {
    Object back = trip(new LinkedHashSet<>(List.of("c", "a", "b")));
    assertThat((Set<?>) back).map(String::valueOf).containsExactly("c", "a", "b");
  }

  // ---- refusals ----

  private static void assertRefused(ThrowingCallable action, String... parts) {
    assertThatThrownBy(action)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("attribute \"x\"")
        .hasMessageNotContaining("hunter2")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  enum Size {
    SMALL
  }

  record Password(String text) {}

  @Test
  void ownClassesAreRefusedWithWhatToDo() {
    for (Object value :
        List.of(
            new Password("hunter2"),
            Size.SMALL,
            new Object(),
            new AtomicInteger(5),
            Optional.of("hunter2"),
            new String[] {"hunter2"},
            new int[] {1},
            new Object[0],
            Thread.State.NEW,
            String.class)) {
      assertRefused(
          () -> JSON.check("x", value),
          value.getClass().getTypeName(),
          // Object says nothing of its values.
          value.getClass().getTypeName().contains("Object")
              ? "AttributeConverter.of(word, "
              : "Attribute.of(\"x\", ");
      assertRefused(
          () -> JSON.check("x", List.of(Map.of("a", value))), value.getClass().getTypeName());
      assertRefused(() -> JSON.toBytes(Map.of("x", value)), value.getClass().getTypeName());
    }
  }

  @Test
  @DisplayName("refuses numbers that are not finite")
  void refusesNumbersThatAreNotFinite() {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertRefused(() -> JSON.check("x", value), "java.lang.Double", "finite");
      assertRefused(() -> JSON.check("x", List.of(value)), "java.lang.Double", "finite");
    }
  }

  @Test
  @DisplayName("refuses maps whose keys are not strings")
  void refusesMapsWhoseKeysAreNotStrings() {
    for (Object key : List.of(1, 1L, 'a', true, Size.SMALL, Fixtures.NOON, List.of())) {
      assertRefused(() -> JSON.check("x", Map.of(key, "hunter2")), "keys of a map must be strings");
    }
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, "hunter2");
    assertRefused(() -> JSON.check("x", nullKey), "keys of a map must be strings");
  }

  @Test
  void refusesCycles() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertRefused(() -> JSON.check("x", list), "refers to itself");
    Map<String, Object> map = new HashMap<>();
    map.put("a", List.of(map));
    assertRefused(() -> JSON.check("x", map), "refers to itself");
    List<Object> wide = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      wide.add(wide);
    }
    assertRefused(() -> JSON.check("x", wide), "refers to itself");
  }

  @Test
  void refusesCyclesThroughSets() { // a hash code is computed recursively, too
    Set<Object> set = new LinkedHashSet<>();
    List<Object> list = new ArrayList<>();
    set.add(list);
    list.add(set);
    assertRefused(() -> JSON.check("x", set), "refers to itself");
    assertRefused(() -> JSON.check("x", list), "refers to itself");
    assertRefused(() -> JSON.check("x", Map.of("a", set)), "refers to itself");
  }

  @Test
  void refusesDepthInsideASet() {
    List<Object> outer = new ArrayList<>();
    Set<Object> set = new LinkedHashSet<>(List.of(outer));
    for (int i = 0; i < 100_000; i++) {
      List<Object> inner = new ArrayList<>();
      outer.add(inner);
      outer = inner;
    }
    assertRefused(() -> JSON.check("x", set), "deeper than 16");
  }

  @Test
  void oneObjectInTwoPlacesIsNoCycle() throws IOException {
    List<Integer> shared = List.of(1);
    assertThat(trip(List.of(shared, shared))).isEqualTo(List.of(shared, shared));
  }

  @Test
  void refusesASetWhoseElementsAreEqual() throws IOException { // such a set would not be read back
    Set<String> byIdentity = Collections.newSetFromMap(new IdentityHashMap<>());
    byIdentity.add("a1".substring(0, 1));
    byIdentity.add("a2".substring(0, 1));
    assertThat(byIdentity).hasSize(2);
    assertComesBackOrIsRefused(Map.of("x", byIdentity));
    List<Object> first = new ArrayList<>(List.of(1));
    List<Object> second = new ArrayList<>(List.of(2));
    Set<Object> set = new LinkedHashSet<>(List.of(first, second));
    second.set(0, 1); // Now the set holds two equal lists.
    assertComesBackOrIsRefused(Map.of("x", set));
  }

  @Test
  void refusesAMapWithEqualNames() throws IOException { // such a map would not be read back
    IdentityHashMap<String, Object> byIdentity = new IdentityHashMap<>();
    byIdentity.put("a1".substring(0, 1), 1);
    byIdentity.put("a2".substring(0, 1), 2);
    assertThat(byIdentity).hasSize(2);
    assertComesBackOrIsRefused(Map.of("x", byIdentity));
  }

  @Test
  void refusesByteArraysInASet() {
    assertRefused(() -> JSON.check("x", Set.of(new byte[] {1})), "byte[]", "identity");
  }

  @Test
  void refusesByteArraysDeepInASet() { // Their lists are found by identity, too.
    assertRefused(() -> JSON.check("x", Set.of(List.of(new byte[] {1}))), "byte[]");
  }

  // ---- limits ----

  private static Object nested(int levels) {
    Object value = List.of();
    for (int i = 1; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  @Test
  void carries16LevelsAndRefuses17() throws IOException { // the attributes are level 1
    assertThat(trip(nested(15))).isEqualTo(nested(15));
    assertRefused(() -> JSON.check("x", nested(16)), "deeper than 16");
    assertRefused(() -> JSON.check("x", nested(5000)), "deeper than 16");
  }

  @Test
  void tagsCountAsLevels() throws IOException {
    Object fits = nestedList(14, 5L);
    assertThat(trip(fits)).isEqualTo(fits);
    assertRefused(() -> JSON.check("x", nestedList(15, 5L)), "deeper than 16");
    Object set = nestedList(13, Set.of(1));
    assertThat(trip(set)).isEqualTo(set);
    assertRefused(() -> JSON.check("x", nestedList(14, Set.of(1))), "deeper than 16");
    Object escaped = nestedList(13, Map.of("~a", 1));
    assertThat(trip(escaped)).isEqualTo(escaped);
    assertRefused(() -> JSON.check("x", nestedList(14, Map.of("~a", 1))), "deeper than 16");
  }

  private static Object nestedList(int levels, Object inner) {
    Object value = inner;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }

  @Test
  @DisplayName("carries names of 128 characters and refuses 129")
  void carriesNamesOf128CharactersAndRefuses129() throws IOException {
    for (String c : List.of("k", "é", "\u2028", "\uffff", "\"", "\0")) {
      String name = c.repeat(128);
      assertThat(tripped(Map.of(name, 1))).isEqualTo(Map.of(name, 1));
      assertThat(trip(Map.of(name, 1))).isEqualTo(Map.of(name, 1));
      JSON.check(name, 1);
      assertThatThrownBy(() -> JSON.check(name + c, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("129");
      assertThatThrownBy(() -> JSON.check(name + c, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertRefused(() -> JSON.check("x", Map.of(name + c, 1)), "129", "128");
    }
    String cookies = "🍪".repeat(64);
    assertThat(tripped(Map.of(cookies, 1))).isEqualTo(Map.of(cookies, 1));
    assertThatThrownBy(() -> JSON.check("🍪".repeat(65), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, Object> names(int number) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < number; i++) {
      map.put("n" + i, 0);
    }
    return map;
  }

  @Test
  @DisplayName("carries 512 names and refuses 513")
  void carries512NamesAndRefuses513() throws IOException {
    assertThat(tripped(names(512))).hasSize(512);
    assertThatThrownBy(() -> JSON.toBytes(names(513)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512");
    assertThat(trip(names(511))).isEqualTo(names(511));
    assertRefused(() -> JSON.check("x", names(512)), "512");
  }

  @Test
  void tagsCountAsNames() throws IOException {
    Map<String, Object> fits = names(255);
    fits.replaceAll((name, value) -> 5L);
    assertThat(trip(fits)).isEqualTo(fits);
    Map<String, Object> tooMany = names(256);
    tooMany.replaceAll((name, value) -> 5L);
    assertRefused(() -> JSON.check("x", tooMany), "512");
  }

  @Test
  void carries1000ValuesAndRefuses1001() throws IOException {
    List<Integer> fits = Collections.nCopies(998, 5); // And the attributes, and the list itself.
    assertThat(trip(fits)).isEqualTo(fits);
    assertRefused(() -> JSON.check("x", Collections.nCopies(999, 5)), "values");
    List<List<Object>> lists = Collections.nCopies(998, List.of());
    assertThat(trip(lists)).isEqualTo(lists);
    assertRefused(() -> JSON.check("x", Collections.nCopies(999, List.of())), "values");
    assertRefused(() -> JSON.check("x", Collections.nCopies(999, null)), "values");
  }

  @Test
  void limitsHoldForTheWholeSession() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("a", Collections.nCopies(600, 1));
    attributes.put("b", Collections.nCopies(600, 1));
    attributes.forEach(JSON::check);
    assertThatThrownBy(() -> JSON.toBytes(attributes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b\"")
        .hasMessageContaining("1000");
  }

  @Test
  void messagesShowNamesWholeAndWithoutControlCharacters() {
    String name = "a\r\nb\u001b[31m" + "x".repeat(119);
    assertThat(name).hasSize(128);
    assertThatThrownBy(() -> JSON.check(name, new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("attribute \"a??b?[31m" + "x".repeat(119) + "\" holds");
  }
}
