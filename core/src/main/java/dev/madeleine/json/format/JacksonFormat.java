package dev.madeleine.json.format;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.Objects;

/**
 * One of Jackson's formats.
 *
 * @param name name of the serializer, part of the key derivation
 * @param factory the format; the limits of its parsers become those of JSON
 * @param guard refuses what the format's parser would let pass: text that is not strict UTF-8,
 *     names that are not text, anything behind the end
 */
public record JacksonFormat(String name, JsonFactory factory, Guard guard) {
  /** Checks that nothing is missing. */
  public JacksonFormat {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(factory, "factory");
    Objects.requireNonNull(guard, "guard");
  }
}
