package dev.madeleine.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.joda.JodaModule;
import com.fasterxml.jackson.module.kotlin.KotlinModule;
import dev.madeleine.Attribute;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import dev.madeleine.TypeToken;
import dev.madeleine.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Pair;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.LocalDate;
import org.junit.jupiter.api.Test;

final class JacksonTypesTest {
  private static final ObjectMapper KOTLIN =
      JsonMapper.builder().addModule(new KotlinModule.Builder().build()).build();
  private static final ObjectMapper JODA =
      JsonMapper.builder()
          .addModule(new JodaModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static JsonSerializer json(ObjectMapper mapper, Attribute<?> attribute) {
    return JsonSerializer.PLAIN.withTypes(JacksonTypes.with(mapper)).withAttributes(attribute);
  }

  private static <T> void assertTravels(
      ObjectMapper mapper, Attribute<T> attribute, T value, String plain) throws IOException {
    JsonSerializer json = json(mapper, attribute);
    json.check("x", value);
    byte[] bytes = json.toBytes(Map.of("x", value));
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("{\"x\":{\"~own\":" + plain + "}}");
    assertThat(json(mapper, attribute).fromBytes(bytes)).isEqualTo(Map.of("x", value));
    JsonSerializer cbor =
        Cbor.serializer().withAttributes(attribute).withTypes(JacksonTypes.with(mapper));
    cbor.check("x", value);
    assertThat(cbor.fromBytes(cbor.toBytes(Map.of("x", value)))).isEqualTo(Map.of("x", value));
  }

  @Test
  void classesOfKotlinTravelByItsModule() throws IOException {
    TypeToken<Pair<String, List<Integer>>> pair = new TypeToken<>() {};
    Pair<String, List<Integer>> value = new Pair<>("zoé", List.of(1, 2));
    assertTravels(KOTLIN, Attribute.of("x", pair), value, "{\"first\":\"zoé\",\"second\":[1,2]}");
    assertThatThrownBy(
            () -> JsonSerializer.PLAIN.withAttributes(Attribute.of("x", pair)).check("x", value))
        .as("without the module")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kotlin.Pair has a constructor whose parameters have no names");
  }

  @Test
  void timesOfJodaTravelByItsModule() throws IOException {
    DateTime noon = new DateTime(2025, 6, 1, 12, 0, DateTimeZone.UTC);
    assertTravels(JODA, Attribute.of("x", DateTime.class), noon, "\"2025-06-01T12:00:00.000Z\"");
    assertTravels(
        JODA,
        Attribute.of("x", new TypeToken<List<LocalDate>>() {}),
        List.of(new LocalDate(2025, 6, 1)),
        "[\"2025-06-01\"]");
  }

  @Test
  void theBuilderTakesThem() {
    KeyRing keys = Fixtures.KEYS;
    Attribute<DateTime> since = Attribute.of("since", DateTime.class);
    Sessions sessions =
        Sessions.builder(keys).types(JacksonTypes.with(JODA)).attributes(since).build();
    Session session = sessions.load(name -> null);
    DateTime noon = new DateTime(2025, 6, 1, 12, 0, DateTimeZone.UTC);
    session.put(since, noon);
    String cookie =
        sessions.save(session).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(HttpHeader::value)
            .findFirst()
            .orElseThrow();
    String pair = cookie.substring(0, cookie.indexOf(';'));
    Session next = sessions.load(name -> name.equals("Cookie") ? List.of(pair) : null);
    assertThat(next.get(since)).isEqualTo(noon);
  }

  record Visit(String firstPage, UUID id, Instant at, String note) {}

  @Test
  void namingAndInclusionHoldAndTheListKeepsItsTexts() throws IOException {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    assertTravels(
        mapper,
        Attribute.of("x", Visit.class),
        new Visit("/", new UUID(1, 2), Instant.EPOCH, null),
        "{\"first_page\":\"/\",\"id\":\"00000000-0000-0001-0000-000000000002\",\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void aFieldThatIsNotKnownIsSkippedWhateverTheMapperSays() throws IOException {
    ObjectMapper strict =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    record Size(int width) {}
    assertThat(
            json(strict, Attribute.of("x", Size.class))
                .fromBytes(
                    "{\"x\":{\"~own\":{\"width\":5,\"later\":1}}}"
                        .getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of("x", new Size(5)));
  }

  @Test
  void laterChangesOfTheMapperDoNotMatter() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonSerializer json =
        JsonSerializer.PLAIN
            .withTypes(JacksonTypes.with(mapper))
            .withAttributes(Attribute.of("x", Visit.class));
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    Visit visit = new Visit("/", new UUID(1, 2), Instant.EPOCH, null);
    assertThat(new String(json.toBytes(Map.of("x", visit)), StandardCharsets.UTF_8))
        .contains("firstPage");
    assertThat(mapper.getRegisteredModuleIds()).isEmpty();
  }

  // ---- no cookie names a class ----

  static final AtomicInteger TRAPS = new AtomicInteger();

  /** A class that tells when it is made. */
  public static class Trap {
    public Trap() {
      TRAPS.incrementAndGet();
    }
  }

  record Holder(Object value) {}

  record ByClass(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object value) {}

  private static ObjectMapper typing() {
    return new ObjectMapper()
        .activateDefaultTyping(
            BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
            ObjectMapper.DefaultTyping.NON_FINAL);
  }

  @Test
  void aMapperWithDefaultTypingIsRefused() throws IOException {
    ObjectMapper mapper = typing();
    assertThatThrownBy(() -> JacksonTypes.with(mapper))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default typing")
        .hasMessageContaining("JacksonTypes.with(mapper.copy().deactivateDefaultTyping())");
    // What the message says to do:
    JsonSerializer json =
        JsonSerializer.PLAIN
            .withTypes(JacksonTypes.with(mapper.copy().deactivateDefaultTyping()))
            .withAttributes(Attribute.of("x", Holder.class));
    for (String value :
        List.of(
            "[\"" + Trap.class.getName() + "\",{}]",
            "{\"@class\":\"" + Trap.class.getName() + "\"}")) {
      json.fromBytes(("{\"x\":{\"value\":" + value + "}}").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TRAPS).hasValue(0);
  }

  @Test
  void aValidatorThatLetsEverythingPassIsNotAsked() {
    ObjectMapper lax =
        JsonMapper.builder()
            .polymorphicTypeValidator(
                BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build())
            .build();
    JsonSerializer json = json(lax, Attribute.of("x", ByClass.class));
    String trap = "{\"x\":{\"value\":{\"@class\":\"" + Trap.class.getName() + "\"}}}";
    assertThatThrownBy(() -> json.fromBytes(trap.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(TRAPS).hasValue(0);
  }
}
