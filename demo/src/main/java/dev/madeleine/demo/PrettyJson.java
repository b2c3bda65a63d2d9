package dev.madeleine.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON for the eye: indented, in pieces that know what they are. */
final class PrettyJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INDENT = "  ";

  /** A stretch of the text; {@code kind} is key, text, value or mark. */
  record Piece(String kind, String text) {}

  private final List<Piece> pieces = new ArrayList<>();

  private PrettyJson() {}

  /** The pieces of this JSON; a single one if it is none. */
  static List<Piece> of(String json) {
    PrettyJson pretty = new PrettyJson();
    try {
      pretty.write(MAPPER.readTree(json), "\n");
    } catch (JsonProcessingException e) {
      return List.of(new Piece("text", json));
    }
    return pretty.pieces;
  }

  /** Writes a value; {@code line} is a line break and the indentation of what it stands in. */
  private void write(JsonNode node, String line) {
    if (node.isEmpty()) {
      add(node.isTextual() ? "text" : "value", node.toString());
      return;
    }
    String inner = line + INDENT;
    String separator = inner;
    add("mark", node.isObject() ? "{" : "[");
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        add("mark", separator);
        add("key", MAPPER.getNodeFactory().textNode(member.getKey()).toString());
        add("mark", ": ");
        write(member.getValue(), inner);
        separator = "," + inner;
      }
    } else {
      for (Iterator<JsonNode> elements = node.elements(); elements.hasNext(); ) {
        add("mark", separator);
        write(elements.next(), inner);
        separator = "," + inner;
      }
    }
    add("mark", line + (node.isObject() ? "}" : "]"));
  }

  private void add(String kind, String text) {
    pieces.add(new Piece(kind, text));
  }
}
