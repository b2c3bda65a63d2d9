package dev.madeleine.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.AttributeConverter;
import dev.madeleine.json.JsonSerializer;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.FlashMap;

/** Values of Spring MVC there and back. */
class MvcConvertersTest {
  /** Without an equals. */
  static final class Note {
    private final String text;

    Note(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static final JsonSerializer JSON =
      JsonSerializer.PLAIN.withConverters(
          MvcConverters.flashMaps(),
          MvcConverters.timeZones(),
          AttributeConverter.of("note", Note.class, Note::text, Note::new));

  private static Object trip(String name, Object value) throws Exception {
    JSON.check(name, value);
    byte[] bytes = JSON.toBytes(java.util.Map.of(name, value));
    return JSON.read(bytes, 0, bytes.length).value(name);
  }

  @Test
  void aFlashMapBringsItsAttributesAndItsTarget() throws Exception {
    FlashMap flash = new FlashMap();
    flash.put("message", "hello");
    flash.put("note", new Note("of one's own class"));
    flash.setTargetRequestPath("/sent");
    flash.addTargetRequestParam("q", "a");
    flash.setExpirationTime(1767225600000L);

    List<?> back =
        (List<?>)
            trip(
                "org.springframework.web.servlet.support.SessionFlashMapManager.FLASH_MAPS",
                new CopyOnWriteArrayList<>(List.of(flash)));

    assertThat(back).isInstanceOf(CopyOnWriteArrayList.class);
    FlashMap one = (FlashMap) back.get(0);
    assertThat(one.get("message")).isEqualTo("hello");
    assertThat(((Note) one.get("note")).text()).isEqualTo("of one's own class");
    assertThat(one.getTargetRequestPath()).isEqualTo("/sent");
    assertThat(one.getTargetRequestParams().getFirst("q")).isEqualTo("a");
    assertThat(one.getExpirationTime()).isEqualTo(1767225600000L);
  }

  @Test
  void aTimeZoneIsItsName() throws Exception {
    assertThat(trip("zone", TimeZone.getTimeZone("Europe/Paris")))
        .isEqualTo(TimeZone.getTimeZone("Europe/Paris"));
  }
}
