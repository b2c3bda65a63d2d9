package dev.madeleine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command answers: lines for people, one JSON object for programs, and an exit code. */
final class Answer {
  /** The option of every command that prints JSON. */
  static final String JSON_OPTION = "--json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final int code;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Object> fields = new LinkedHashMap<>();

  Answer(int code) {
    this.code = code;
  }

  /** Adds a field for programs. */
  Answer with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds a line for people. */
  Answer line(String line) {
    lines.add(line);
    return this;
  }

  /**
   * Prints it: an error's lines to standard error, all else to standard output.
   *
   * @return the exit code
   */
  int print(Console console, boolean json) {
    boolean error = fields.containsKey("error") && !json;
    print(error ? console.err() : console.out(), json);
    return code;
  }

  /** Prints it where it is not in the way of what a command writes to standard output. */
  int printAside(Console console, boolean json) {
    print(console.err(), json);
    return code;
  }

  private void print(PrintWriter writer, boolean json) {
    if (json) {
      try {
        writer.println(JSON.writeValueAsString(fields));
      } catch (JsonProcessingException e) {
        throw new AssertionError(e); // Texts, numbers, lists and maps can be written.
      }
    } else {
      lines.forEach(writer::println);
    }
    writer.flush();
  }
}
