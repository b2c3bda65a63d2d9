package dev.madeleine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A place to run the command in: its output, its exit code, and a clock that a test moves. */
final class Terminal {
  final Map<String, String> variables = new HashMap<>();
  Instant now = Instant.parse("2026-07-01T12:00:00Z");
  String out = "";
  String err = "";
  int code = -1;

  /** Runs the command with this standard input. */
  Terminal feed(String input, String... args) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(outText),
            new PrintWriter(errText),
            variables,
            () -> now,
            new SecureRandom());
    code = Madeleine.run(console, args);
    out = outText.toString();
    err = errText.toString();
    return this;
  }

  Terminal run(String... args) {
    return feed("", args);
  }

  /** Standard output as JSON. */
  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }

  Terminal later(long seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }
}
