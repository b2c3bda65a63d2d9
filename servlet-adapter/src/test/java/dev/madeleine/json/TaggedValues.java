package dev.madeleine.json;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A value of every type that travels by a tag, for tests of those who carry such values. */
public final class TaggedValues {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("~long", "5"),
          Map.entry("~float", "0.5"),
          Map.entry("~short", "5"),
          Map.entry("~byte", "5"),
          Map.entry("~char", "a"),
          Map.entry("~decimal", "1.50"),
          Map.entry("~integer", "5"),
          Map.entry("~instant", "2026-01-01T00:00:00Z"),
          Map.entry("~date", "2026-01-01"),
          Map.entry("~time", "12:00"),
          Map.entry("~datetime", "2026-01-01T12:00"),
          Map.entry("~offsetdatetime", "2026-01-01T12:00+01:00"),
          Map.entry("~offsettime", "12:00+01:00"),
          Map.entry("~zoneddatetime", "2026-01-01T12:00+01:00[Europe/Berlin]"),
          Map.entry("~duration", "PT5M"),
          Map.entry("~period", "P5D"),
          Map.entry("~year", "2026"),
          Map.entry("~yearmonth", "2026-01"),
          Map.entry("~monthday", "--01-31"),
          Map.entry("~month", "MAY"),
          Map.entry("~weekday", "FRIDAY"),
          Map.entry("~zone", "Europe/Berlin"),
          Map.entry("~utildate", "5"),
          Map.entry("~uuid", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"),
          Map.entry("~bytes", "AAAA"),
          Map.entry("~locale", "de-CH"),
          Map.entry("~uri", "https://example.org/"));

  private TaggedValues() {}

  /** The tags. */
  public static Set<String> tags() {
    return TypeTag.ALL.stream().map(TypeTag::tag).collect(Collectors.toSet());
  }

  /** A new value for a tag. A tag that was added is missing here, and its tests fail. */
  public static Object of(String tag) {
    return Objects.requireNonNull(TypeTag.named(tag)).decode(TEXTS.get(tag));
  }
}
