package dev.madeleine.spring;

import dev.madeleine.AttributeConverter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.FlashMap;

/** What Spring MVC puts into a session. */
final class MvcConverters {
  private MvcConverters() {}

  /** The attributes for the page behind a redirect, and which page that is. */
  static AttributeConverter<FlashMap> flashMaps() {
    return AttributeConverter.of(
            "sp-flash", FlashMap.class, MvcConverters::flash, MvcConverters::flash)
        .comparedByPlainValues();
  }

  /** The time zone that a LocaleContextResolver keeps; its class is the JDK's own. */
  static AttributeConverter<TimeZone> timeZones() {
    return AttributeConverter.of("sp-zone", TimeZone.class, TimeZone::getID, TimeZone::getTimeZone)
        .withSubclasses()
        .comparedByPlainValues();
  }

  /** Attributes, target path, target parameters, end in milliseconds. */
  private static List<@Nullable Object> flash(FlashMap flash) {
    Map<String, Object> parameters = new HashMap<>(flash.getTargetRequestParams());
    return Arrays.<@Nullable Object>asList(
        new HashMap<>(flash), flash.getTargetRequestPath(), parameters, flash.getExpirationTime());
  }

  private static FlashMap flash(List<@Nullable Object> plain) {
    FlashMap flash = new FlashMap();
    ((Map<?, ?>) required(plain, 0)).forEach((name, value) -> flash.put((String) name, value));
    flash.setTargetRequestPath((String) plain.get(1));
    MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
    ((Map<?, ?>) required(plain, 2))
        .forEach(
            (name, values) ->
                ((List<?>) values).forEach(value -> parameters.add((String) name, (String) value)));
    flash.addTargetRequestParams(parameters);
    flash.setExpirationTime(((Number) required(plain, 3)).longValue());
    return flash;
  }

  private static Object required(List<@Nullable Object> plain, int index) {
    Object value = plain.get(index);
    if (value == null) {
      throw new IllegalArgumentException("a flash map without its part " + index);
    }
    return value;
  }
}
