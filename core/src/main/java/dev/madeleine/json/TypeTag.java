package dev.madeleine.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.madeleine.AttributeConverter;
import dev.madeleine.internal.Base64Url;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Java type that plain JSON would bring back as another type, and the text that carries it:
 * {@code {"~uuid":"1b4e28ba-…"}}. The list is closed; a token cannot name a class.
 *
 * <p>{@link CollectionType} lists those that hold other values, {@code {"~set":[…]}}, and {@link
 * Converters} what the application adds, {@code {"~x-money":…}}. The escape for a user's map whose
 * first key begins with a tilde ({@code {"~":{…}}}) is written by {@link AttributeWriter} itself,
 * as is the mark of an attribute that travels by its declaration ({@code {"~own":…}}).
 *
 * @param tag the key of the one-entry object, beginning with {@link #MARK}
 * @param type the type that comes back
 * @param change how its values can change; this list and {@link #canChangeInPlace} are the only
 *     place that says so
 * @param toText the value as text
 * @param fromText the value of a text; throws when there is none
 */
@SuppressWarnings("JavaUtilDate") // Applications hold it, so a session carries it.
record TypeTag<T>(
    String tag,
    Class<T> type,
    Change change,
    Function<T, String> toText,
    Function<String, T> fromText) {
  /** How a value can become another one. */
  enum Change {
    /** Only by being replaced. */
    NEVER,
    /** By whoever holds it, so it is compared with what was received. */
    IN_PLACE
  }

  static final char MARK = '~';
  static final String ESCAPE = "~";
  static final String OWN = "~own";

  private static final Pattern LATER = Pattern.compile("~[a-z][a-z0-9-]{0,31}");
  private static final String TOO_LONG =
      "more than %s bytes. Keep large data in a store and its key in the session"
          .formatted(JsonLimits.MAX_BYTES);
  private static final int MAX_DIGITS = 64;
  private static final int MAX_SCALE = 64;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static final List<TypeTag<?>> ALL =
      List.of(
          new TypeTag<>("~long", Long.class, Change.NEVER, String::valueOf, TypeTag::small),
          new TypeTag<>("~float", Float.class, Change.NEVER, TypeTag::text, Float::valueOf),
          new TypeTag<>("~short", Short.class, Change.NEVER, String::valueOf, Short::valueOf),
          new TypeTag<>("~byte", Byte.class, Change.NEVER, String::valueOf, Byte::valueOf),
          new TypeTag<>(
              "~char", Character.class, Change.NEVER, String::valueOf, TypeTag::character),
          new TypeTag<>(
              "~decimal", BigDecimal.class, Change.NEVER, TypeTag::text, TypeTag::decimal),
          new TypeTag<>(
              "~integer", BigInteger.class, Change.NEVER, TypeTag::text, TypeTag::integer),
          new TypeTag<>("~instant", Instant.class, Change.NEVER, Instant::toString, Instant::parse),
          new TypeTag<>(
              "~date", LocalDate.class, Change.NEVER, LocalDate::toString, LocalDate::parse),
          new TypeTag<>(
              "~time", LocalTime.class, Change.NEVER, LocalTime::toString, LocalTime::parse),
          new TypeTag<>(
              "~datetime",
              LocalDateTime.class,
              Change.NEVER,
              LocalDateTime::toString,
              LocalDateTime::parse),
          new TypeTag<>(
              "~offsetdatetime",
              OffsetDateTime.class,
              Change.NEVER,
              OffsetDateTime::toString,
              OffsetDateTime::parse),
          new TypeTag<>(
              "~offsettime",
              OffsetTime.class,
              Change.NEVER,
              OffsetTime::toString,
              OffsetTime::parse),
          new TypeTag<>(
              "~zoneddatetime",
              ZonedDateTime.class,
              Change.NEVER,
              ZonedDateTime::toString,
              ZonedDateTime::parse),
          new TypeTag<>(
              "~duration", Duration.class, Change.NEVER, Duration::toString, Duration::parse),
          new TypeTag<>("~period", Period.class, Change.NEVER, Period::toString, Period::parse),
          new TypeTag<>(
              "~year",
              Year.class,
              Change.NEVER,
              Year::toString,
              text -> Year.of(Integer.parseInt(text))),
          new TypeTag<>(
              "~yearmonth", YearMonth.class, Change.NEVER, YearMonth::toString, YearMonth::parse),
          new TypeTag<>(
              "~monthday", MonthDay.class, Change.NEVER, MonthDay::toString, MonthDay::parse),
          new TypeTag<>("~month", Month.class, Change.NEVER, Month::name, Month::valueOf),
          new TypeTag<>(
              "~weekday", DayOfWeek.class, Change.NEVER, DayOfWeek::name, DayOfWeek::valueOf),
          new TypeTag<>("~zone", ZoneId.class, Change.NEVER, ZoneId::getId, ZoneId::of),
          new TypeTag<>(
              "~utildate",
              Date.class,
              Change.IN_PLACE,
              date -> Long.toString(date.getTime()),
              text -> new Date(Long.parseLong(text))),
          new TypeTag<>("~uuid", UUID.class, Change.NEVER, UUID::toString, UUID::fromString),
          new TypeTag<>(
              "~bytes", byte[].class, Change.IN_PLACE, BASE64::encodeToString, TypeTag::bytes),
          new TypeTag<>(
              "~locale", Locale.class, Change.NEVER, Locale::toLanguageTag, Locale::forLanguageTag),
          new TypeTag<>("~uri", URI.class, Change.NEVER, URI::toString, URI::create));

  private static final Map<Class<?>, TypeTag<?>> BY_TYPE = new HashMap<>();
  private static final Map<String, TypeTag<?>> BY_TAG = new HashMap<>();

  static {
    for (TypeTag<?> tag : ALL) {
      BY_TYPE.put(tag.type(), tag);
      BY_TAG.put(tag.tag(), tag);
    }
  }

  /** The tag for a value of exactly one of these types, or null. */
  static @Nullable TypeTag<?> of(Object value) {
    return value instanceof ZoneId ? BY_TYPE.get(ZoneId.class) : BY_TYPE.get(value.getClass());
  }

  static @Nullable TypeTag<?> named(String tag) {
    return BY_TAG.get(tag);
  }

  /**
   * Whether a later release may give a meaning to this name of a one-entry object. No name that it
   * refuses ever becomes a tag.
   */
  static boolean mayBeLater(String name) {
    return LATER.matcher(name).matches();
  }

  /** Whether plain JSON brings values of exactly this type back. None of them can change. */
  static boolean isPlain(Class<?> type) {
    return type == String.class
        || type == Integer.class
        || type == Boolean.class
        || type == Double.class;
  }

  /**
   * Whether a value can change in place. When in doubt, yes.
   *
   * @param converter that of the value, or null
   */
  static boolean canChangeInPlace(Object value, @Nullable AttributeConverter<?> converter) {
    if (isPlain(value.getClass()) || value instanceof Enum<?>) {
      return false;
    }
    TypeTag<?> tag = of(value);
    boolean never =
        tag == null
            ? converter != null && converter.hasImmutableValues()
            : tag.change == Change.NEVER;
    return !never;
  }

  /** Whether values of exactly this type are in the list. */
  static boolean carries(Class<?> type) {
    return BY_TYPE.containsKey(type);
  }

  /**
   * The text of a value of this type.
   *
   * @throws IllegalArgumentException if the value would not come back equal; says why
   */
  String encode(Object value) {
    if (value instanceof byte[] bytes && bytes.length > JsonLimits.MAX_BYTES) {
      throw new IllegalArgumentException(TOO_LONG);
    }
    String text = toText.apply(type.cast(value));
    if (text.length() > JsonLimits.MAX_BYTES) {
      throw new IllegalArgumentException(TOO_LONG);
    }
    T back;
    try {
      back = fromText.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("its text form cannot be read back");
    }
    if (!Objects.deepEquals(value, back)) {
      throw new IllegalArgumentException("its text form reads back as another value");
    }
    return text;
  }

  /**
   * The value of a text that some key holder wrote; throws a RuntimeException if there is none, or
   * if the text is not the one that this value has.
   */
  Object decode(String text) {
    T value = fromText.apply(text);
    if (!toText.apply(value).equals(text)) {
      throw new IllegalArgumentException("not the one text of this value");
    }
    return value;
  }

  /**
   * The shortest text that reads back as this number, in the layout of {@link Float#toString};
   * before JDK 19 that method writes more digits than it need.
   */
  static String text(Float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("it is not a finite number");
    }
    return NumberOutput.toString(value, true);
  }

  private static String text(Number value) {
    BigInteger digits = value instanceof BigDecimal decimal ? decimal.unscaledValue() : null;
    BigInteger whole = value instanceof BigInteger integer ? integer : digits;
    if (whole != null && whole.bitLength() > 4 * MAX_DIGITS) { // Its text would cost too much.
      throw new IllegalArgumentException(
          "its text is more than %s characters".formatted(MAX_DIGITS));
    }
    String text = value.toString();
    if (text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "its text is %s characters, limit %s".formatted(text.length(), MAX_DIGITS));
    }
    return text;
  }

  /** A long that fits an int. Any other is a plain number and needs no tag. */
  private static Long small(String text) {
    return (long) Integer.parseInt(text);
  }

  private static BigDecimal decimal(String text) {
    BigDecimal value = new BigDecimal(limited(text));
    if (Math.abs((long) value.scale()) > MAX_SCALE) {
      throw new IllegalArgumentException("scale outside ±" + MAX_SCALE);
    }
    return value;
  }

  private static BigInteger integer(String text) {
    return new BigInteger(limited(text));
  }

  private static String limited(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException("longer than " + MAX_DIGITS + " characters");
    }
    return text;
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("not one character");
    }
    return text.charAt(0);
  }

  private static byte[] bytes(String text) {
    byte[] bytes = text.isEmpty() ? new byte[0] : Base64Url.decode(text);
    if (bytes == null) {
      throw new IllegalArgumentException("not base64url");
    }
    return bytes;
  }
}
