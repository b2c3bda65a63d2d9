package dev.madeleine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.madeleine.LocatedAttributes;
import dev.madeleine.json.SameAsJackson.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table {@code grammar.txt}, which says what is read and what is not. */
final class JsonGrammarTest {

  /** Columns of the verdict. */
  private static final int VERDICT = 12;

  private static final Pattern MARKED = Pattern.compile("«(?:(.+?)\\*(\\d+)|([0-9a-f ]+))»");

  /** A line of the table. */
  record Example(String verdict, String written) {
    /** The bytes that the line stands for. */
    byte[] text() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Matcher marked = MARKED.matcher(written);
      int at = 0;
      while (marked.find()) {
        bytes.writeBytes(utf8(written.substring(at, marked.start())));
        if (marked.group(3) != null) {
          bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(marked.group(3)));
        } else {
          for (int i = 0; i < Integer.parseInt(marked.group(2)); i++) {
            bytes.writeBytes(utf8(marked.group(1).replace("#", String.valueOf(i))));
          }
        }
        at = marked.end();
      }
      bytes.writeBytes(utf8(written.substring(at)));
      return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return verdict + " " + written;
    }
  }

  static List<Example> examples() {
    try (InputStream table = JsonGrammarTest.class.getResourceAsStream("grammar.txt")) {
      String lines = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return lines
          .lines()
          .filter(line -> !line.matches("#.*|"))
          .map(JsonGrammarTest::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All texts of the table. */
  static List<byte[]> texts() {
    return examples().stream().map(Example::text).toList();
  }

  private static Example line(String line) {
    return new Example(line.substring(0, VERDICT).trim(), line.substring(VERDICT));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsWhatTheTableSays(Example example) throws IOException {
    byte[] text = example.text();
    Outcome outcome = SameAsJackson.readsAlike(text);
    switch (example.verdict()) {
      case "accepted" -> assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
      case "refused" -> assertThat(outcome).isEqualTo(Outcome.REFUSED);
      case "unreadable" -> {
        assertThat(outcome).isEqualTo(Outcome.UNREADABLE_IN_PART);
        LocatedAttributes located = JsonSerializer.PLAIN.read(text, 0, text.length);
        assertThat(located.unreadable()).containsExactly("x");
      }
      default -> fail("no verdict: %s", example);
    }
  }
}
