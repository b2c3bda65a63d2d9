package dev.madeleine.encoders;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.madeleine.TypeMapping;
import dev.madeleine.json.format.JacksonMapping;
import java.util.Objects;

/**
 * Declared attributes of types that a Jackson module knows: Kotlin's, Joda's, an own one's.
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonMapper.builder().addModule(new JodaModule()).build();
 * Sessions sessions = Sessions.builder(keys)
 *     .types(JacksonTypes.with(mapper)).attributes(Attribute.of("since", DateTime.class)).build();
 * }</pre>
 */
public final class JacksonTypes {
  private JacksonTypes() {}

  /**
   * The types of a mapper as it is now, of which a copy is made.
   *
   * <p>Its modules, mix-ins, naming, inclusion and visibility hold. The types of a session, which
   * are listed in docs/concepts.md, keep the text that they have there, and how strictly a cookie
   * is read stays as it is without a mapper: unknown fields are skipped, nothing is cut to size,
   * and no cookie names a class.
   *
   * @throws IllegalArgumentException if the mapper has default typing, by which a text names
   *     classes; the message says what to do
   */
  public static TypeMapping with(ObjectMapper mapper) {
    return new JacksonMapping(Objects.requireNonNull(mapper, "mapper"));
  }
}
