package dev.madeleine.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.MasterKey;
import dev.madeleine.RejectionReason;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionEvent.Cause;
import dev.madeleine.keys.KeySchedule;
import dev.madeleine.keys.KeySource;
import dev.madeleine.keys.ReloadingKeys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The names, labels and label values in docs/observability are those that Prometheus gets from us.
 */
class DashboardTest {
  private static final Path FOLDER = Path.of("../docs/observability");
  private static final Pattern NAME = Pattern.compile("madeleine_[a-z_]+");
  private static final Pattern SELECTION = Pattern.compile("(madeleine_[a-z_]+)\\{([^}]*)}");
  private static final Pattern CONDITION = Pattern.compile("([a-z_]+)(=~|!=|=)\\\\?\"([^\"\\\\]*)");
  private static final Pattern GROUPING = Pattern.compile("by \\(([a-z_, ]+)\\)");

  /** What Prometheus adds of its own. */
  private static final Set<String> SCRAPED = Set.of("job", "instance");

  private static String scrape;

  @BeforeAll
  static void measureEverything() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    SessionMeters meters = new SessionMeters(registry);
    String key = MasterKey.generate(new SecureRandom()).id();
    meters.accept(new SessionEvent.Accepted("sid", "native HMAC-SHA-256 json", key, 400));
    meters.accept(new SessionEvent.Issued("sid", key, EnumSet.allOf(Cause.class)));
    for (RejectionReason reason : RejectionReason.values()) {
      meters.accept(new SessionEvent.Rejected("sid", reason, null));
    }
    meters.accept(new SessionEvent.AttributeNotCarried("sid", "a", "java.lang.Object"));
    String document =
        KeySchedule.startingWith(Duration.ofHours(12), Instant.now(), new SecureRandom()).toJson();
    try (ReloadingKeys keys =
        ReloadingKeys.from(KeySource.answering("vault", () -> document)).start()) {
      new KeyMeters(keys).bindTo(registry);
      scrape = registry.scrape();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus-rules.yml", "grafana-dashboard.json"})
  void namesOnlyWhatIsMeasured(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    Set<String> labels = new HashSet<>(SCRAPED);
    labels.add("le");

    assertThat(names(text)).hasSizeGreaterThan(6).isSubsetOf(names(scrape));
    for (MatchResult selection : SELECTION.matcher(scrape).results().toList()) {
      CONDITION.matcher(selection.group(2)).results().forEach(found -> labels.add(found.group(1)));
    }
    GROUPING
        .matcher(text)
        .results()
        .forEach(grouping -> assertThat(labels).contains(grouping.group(1).split(", ")));
    for (MatchResult selection : SELECTION.matcher(text).results().toList()) {
      Matcher condition = CONDITION.matcher(selection.group(2));
      while (condition.find()) {
        if (!SCRAPED.contains(condition.group(1))) {
          assertMeasured(selection.group(1), condition.group(1), condition.group(3));
        }
      }
    }
  }

  private static void assertMeasured(String meter, String label, String values) {
    for (String value : List.of(values.split("\\|"))) {
      assertThat(scrape)
          .containsPattern(
              Pattern.quote(meter) + "\\{[^}]*\\b" + label + "=\"" + Pattern.quote(value) + "\"");
    }
  }

  /** Every meter of ours is shown or watched somewhere. */
  @Test
  void showsEveryMeter() throws IOException {
    String dashboard = Files.readString(FOLDER.resolve("grafana-dashboard.json"));
    Pattern type = Pattern.compile("# TYPE (madeleine_[a-z_]+?)(_max)? ");
    Set<String> meters = new TreeSet<>();
    type.matcher(scrape).results().forEach(found -> meters.add(found.group(1)));

    assertThat(meters).hasSize(7).allMatch(dashboard::contains);
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(text).results().forEach(found -> names.add(found.group()));
    return names;
  }
}
