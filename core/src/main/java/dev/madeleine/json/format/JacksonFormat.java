package dev.madeleine.json.format;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.Objects;

/**
 * One of Jackson's binary formats.
 *
 * @param name name of the serializer, part of the key derivation
 * @param factory the format; the limits of its parsers become those of JSON
 * @param layout how its bytes lie; refuses what the format's parser would let pass
 */
public record JacksonFormat(String name, JsonFactory factory, Layout layout) {
  /** Checks that nothing is missing. */
  public JacksonFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(factory, "factory");
    Objects.requireNonNull(layout, "layout");
  }
}
