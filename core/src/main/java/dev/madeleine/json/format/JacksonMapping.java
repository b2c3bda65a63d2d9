package dev.madeleine.json.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.TypeMapping;

/** Declared types by a mapper of the application's. */
public final class JacksonMapping implements TypeMapping {
  private final ObjectMapper mapper;

  /**
   * A mapping by a copy of this mapper, as it is now.
   *
   * @throws IllegalArgumentException if a text could name classes to it
   */
  public JacksonMapping(ObjectMapper mapper) {
    ObjectMapper copy = mapper.copy();
    if (copy.getDeserializationConfig().getDefaultTyper(null) != null
        || copy.getSerializationConfig().getDefaultTyper(null) != null) {
      throw new IllegalArgumentException(
          "the mapper has default typing, so a cookie would name classes; give a copy without it, JacksonTypes.with(mapper.copy().deactivateDefaultTyping()), and tell subclasses apart by @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)");
    }
    this.mapper = copy;
  }

  /** A copy of the mapper, for its owner to change. */
  public ObjectMapper mapper() {
    return mapper.copy();
  }

  /** The modules of the mapper by name; nothing of any session. */
  @Override
  public String toString() {
    return "JacksonMapping" + mapper.getRegisteredModuleIds();
  }
}
