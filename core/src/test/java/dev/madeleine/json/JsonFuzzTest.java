package dev.madeleine.json;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link JsonSerializer#PLAIN} against {@link JacksonOracle}, on texts that Jazzer makes from what
 * the code compares them with.
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn test -pl core -Dtest=JsonFuzzTest -DexcludedGroups=none -Djazzer.max_duration=60s
 * </pre>
 *
 * <p>A text that differs becomes a file in the folder {@code JsonFuzzTestInputs} of the test
 * resources, which {@link DifferentialTest} reads in every build.
 */
final class JsonFuzzTest {
  /** Most bytes of a seed; longer ones make all the others slow. */
  private static final int SHORT = 600;

  static List<byte[]> seeds() {
    return JsonGrammarTest.texts().stream().filter(text -> text.length <= SHORT).toList();
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "{\"x\":",
    "\"~\":{\"~",
    "{\"~set\":[",
    "{\"~linkedlist\":[",
    "{\"~treeset\":[",
    "{\"~treemap\":{",
    "{\"~concurrentmap\":{",
    "{\"~x-money\":",
    "{\"~own\":",
    "{\"~zz9\":",
    "{\"~long\":\"5\"}",
    "{\"~float\":\"0.1\"}",
    "{\"~char\":\"a\"}",
    "{\"~decimal\":\"1E+3\"}",
    "{\"~bytes\":\"AQ\"}",
    "{\"~date\":\"2024-02-29\"}",
    "{\"~uuid\":\"",
    "\\u0061",
    "\\ud83c\\udf6a",
    "\u00e9",
    "\ud83c\udf6a",
    "true",
    "false",
    "null",
    "-0.0",
    "1e-400",
    "9223372036854775807",
    "4.9e-324"
  })
  @FuzzTest
  void readsAndWritesAsJackson(byte[] text) {
    SameAsJackson.readsAlike(text);
  }
}
