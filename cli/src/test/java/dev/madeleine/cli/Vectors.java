package dev.madeleine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The collected vectors, which lie with the tests of the modules that they are about. */
final class Vectors {
  static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /** What the real Node packages made. */
  static List<JsonNode> nodeFamily(String system) throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    for (JsonNode vector :
        read("../encoders/src/test/resources/dev/madeleine/encoders/node-family.json")) {
      if (vector.get("system").asText().equals(system)) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  /** The collected hostile payloads. */
  static List<JsonNode> badPayloads() throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    for (JsonNode vector : read("../core/src/test/resources/bad-inputs.json").get("vectors")) {
      if (vector.get("stage").asText().equals("payload")) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  private static JsonNode read(String path) throws IOException {
    return JSON.readTree(Path.of(path).toFile());
  }

  /** A request about a vector of the Node family. */
  static ObjectNode request(String op, String format, JsonNode vector) {
    ObjectNode request = JSON.createObjectNode();
    request.put("op", op).put("format", format);
    if (vector.get("name").isTextual()) {
      request.put("name", vector.get("name").asText());
    }
    ArrayNode keys = request.putArray("keys");
    vector.get("keysHex").forEach(key -> keys.add("hex:" + key.asText()));
    ObjectNode options = request.putObject("options");
    if (!format.equals("connect-cookie-session")) {
      options.put("algorithm", vector.get("algorithm").asText());
      options.put("encoding", vector.get("encoding").asText());
    }
    return request;
  }
}
