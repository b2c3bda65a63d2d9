package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that can be read in our own documents can be copied from there, so all are refused. */
final class DocumentedKeysTest {
  private static final Pattern KEY =
      Pattern.compile(
          "base64:[A-Za-z0-9+/_-]{22,}={0,2}|hex:[0-9a-fA-F]{32,}|^secret +([0-9a-f]{64})\\b",
          Pattern.MULTILINE);

  /** What a reader sees: every document, page and script, but no test. */
  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(md|html|txt|yaml|yml|sh)|.*/run"))
          .filter(file -> !file.toString().matches(".*/(target|\\.git|\\.run|node_modules)/.*"))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static List<String> keys(String text) {
    List<String> keys = new ArrayList<>();
    Matcher matcher = KEY.matcher(text);
    while (matcher.find()) {
      keys.add(matcher.group(1) == null ? matcher.group() : "hex:" + matcher.group(1));
    }
    return keys;
  }

  @Test
  void everyKeyInOurDocumentsIsRefused() throws IOException {
    List<String> all = new ArrayList<>();
    for (Path document : documents()) {
      for (String key : keys(Files.readString(document))) {
        assertThatThrownBy(() -> MasterKey.parse(key))
            .as("a key of %s characters in %s", key.length(), document)
            .isInstanceOf(IllegalArgumentException.class);
        all.add(key);
      }
    }
    assertThat(all).as("the keys that were looked at").isNotEmpty();
  }

  @Test
  void findsAKeyInEveryForm() {
    String base64 = "base64:bjcarb15H1mrEURITUVRm9KipwaC347ZqkPERBtTjqw=";
    String hex = "6e".repeat(16);
    assertThat(keys("MADELEINE_KEY=" + base64 + " java")).containsExactly(base64);
    assertThat(keys("`hex:" + hex + "`")).containsExactly("hex:" + hex);
    assertThat(keys("x\nsecret   " + hex + hex + "  (no)")).containsExactly("hex:" + hex + hex);
    assertThat(keys("echo \"base64:$(openssl rand -base64 32)\"")).isEmpty();
  }
}
