package dev.madeleine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the real Node packages made, through the batch mode, in both directions. */
class BatchVectorsTest {
  private static final Pattern PAIR = Pattern.compile("session=([^;\"]*); session\\.sig=([^;\"]*)");

  /** What cookie-session reads but never writes, and the reader here rejects. */
  private static final Set<String> REJECTED =
      Set.of(
          "decode-json-array",
          "decode-json-true",
          "decode-utf8-latin1",
          "decode-b64-nopad",
          "decode-b64-garbage",
          "decode-b64-not-json",
          "decode-sig-std-alphabet",
          "rotation-unknown-key",
          "destroy");

  private final Terminal terminal = new Terminal();

  private List<JsonNode> answers(List<String> lines) throws IOException {
    terminal.feed(String.join("\n", lines) + "\n", "batch");
    List<JsonNode> answers = new ArrayList<>();
    for (String line : terminal.out.split("\n", -1)) {
      if (!line.isEmpty()) {
        answers.add(Vectors.JSON.readTree(line));
      }
    }
    assertThat(answers).hasSameSizeAs(lines);
    return answers;
  }

  @Test
  void readsWhatCookieSessionWrote() throws IOException {
    List<JsonNode> vectors = Vectors.nodeFamily("cookie-session");
    List<String> lines = new ArrayList<>();
    for (JsonNode vector : vectors) {
      ObjectNode request = Vectors.request("decode", "cookie-session", vector);
      request.withObjectProperty("options").put("limit", 8000);
      Matcher sent = PAIR.matcher(vector.path("requestCookie").asText());
      if (sent.matches()) {
        request
            .putObject("cookies")
            .put("session", sent.group(1))
            .put("session.sig", sent.group(2));
      } else {
        request.set("cookies", vector.get("cookies"));
      }
      lines.add(request.toString());
    }
    List<JsonNode> answers = answers(lines);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode vector = vectors.get(i);
      JsonNode answer = answers.get(i);
      String label = vector.get("label").asText();
      assertThat(answer.path("accepted").asBoolean())
          .as("%s %s", label, answer)
          .isEqualTo(!REJECTED.contains(label));
      JsonNode theirs = vector.path("readBack").path("s");
      if (!REJECTED.contains(label) && (!theirs.isEmpty() || vector.path("payload").isObject())) {
        assertThat(answer.get("session")).as(label).isEqualTo(theirs);
      }
      boolean old = vector.path("signedWithIndex").asInt(0) > 0;
      old |= label.startsWith("decode-oldkey");
      if (!REJECTED.contains(label)) {
        assertThat(answer.get("reissue").toString())
            .as(label)
            .isEqualTo(old ? "[\"OLD_KEY\"]" : "[]");
      }
    }
  }

  @Test
  void writesWhatCookieSessionWrites() throws IOException {
    int same = 0;
    for (JsonNode vector : Vectors.nodeFamily("cookie-session")) {
      boolean written = vector.path("json").isTextual() && !vector.path("negative").asBoolean();
      if (!written || !vector.path("readBackSetCookie").isEmpty()) {
        continue;
      }
      ObjectNode fields = Vectors.request("encode", "cookie-session", vector);
      fields.withObjectProperty("options").put("limit", 8000);
      String request = fields.toString();
      String line =
          request.replaceFirst(
              "}$", Matcher.quoteReplacement(",\"session\":" + vector.get("json").asText() + "}"));
      JsonNode answer = answers(List.of(line)).get(0);
      assertThat(answer.get("cookies"))
          .as("%s %s", vector.get("label"), answer)
          .isEqualTo(vector.get("cookies"));
      same++;
    }
    assertThat(same).isGreaterThan(20);
  }

  @Test
  void readsAndWritesWhatConnectCookieSessionDoes() throws IOException {
    int same = 0;
    for (JsonNode vector : Vectors.nodeFamily("connect-cookie-session")) {
      if (vector.get("label").asText().startsWith("trailing-third-part")) {
        continue; // Its junk is rejected here.
      }
      String wire = vector.get("cookies").get("connect.sid (url-encoded on the wire)").asText();
      ObjectNode request = Vectors.request("decode", "connect-cookie-session", vector);
      request.putObject("cookies").put("connect.sid", wire);
      JsonNode decoded = answers(List.of(request.toString())).get(0);
      assertThat(decoded.get("accepted").asBoolean()).isTrue();
      if (vector.get("readBack").isObject()) {
        assertThat(decoded.get("session")).isEqualTo(vector.get("readBack"));
        String line =
            request
                .put("op", "encode")
                .toString()
                .replaceFirst(
                    "}$",
                    Matcher.quoteReplacement(",\"session\":" + vector.get("json").asText() + "}"));
        assertThat(answers(List.of(line)).get(0).at("/cookies/connect.sid").asText())
            .isEqualTo(wire);
        same++;
      }
    }
    assertThat(same).isPositive();
  }

  @Test
  void signsAsKeygripDoes() throws IOException {
    for (JsonNode vector : Vectors.nodeFamily("keygrip")) {
      ObjectNode request = Vectors.request("sign", "keygrip", vector);
      request.put("text", vector.get("signedData").asText());
      List<String> lines = new ArrayList<>(List.of(request.toString()));
      for (JsonNode digest : vector.get("allKeys")) {
        lines.add(request.put("op", "index").set("digest", digest).toString());
      }
      lines.add(request.put("op", "verify").put("digest", "none").toString());
      List<JsonNode> answers = answers(lines);
      assertThat(answers.get(0).get("digest")).isEqualTo(vector.at("/cookies/sig"));
      for (int i = 0; i < vector.get("allKeys").size(); i++) {
        assertThat(answers.get(i + 1).get("index").asInt()).isEqualTo(i);
      }
      assertThat(answers.get(answers.size() - 1).get("accepted").asBoolean()).isFalse();
    }
  }
}
