package dev.madeleine.benchmarks;

import static dev.madeleine.benchmarks.Target.atLeast;
import static dev.madeleine.benchmarks.Target.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What is wanted, judged by the rows of one run: ratios, so that the machine does not matter, and
 * bytes. A target is a wish and not a test, for time is never the same twice.
 */
final class Targets {
  /** The contenders that are JWT libraries and sign. */
  static final List<String> JWT =
      Stream.of(
              Contender.JJWT,
              Contender.NIMBUS,
              Contender.JAVA_JWT,
              Contender.JOSE4J,
              Contender.FUSIONAUTH,
              Contender.TINK_JWT)
          .map(Contender::label)
          .toList();

  static final String OURS = Contender.MADELEINE.label();
  static final String OURS_ENCRYPTED = Contender.MADELEINE_ENCRYPTED.label();
  static final String JWE = Contender.NIMBUS_JWE.label();

  private static final List<String> OPERATIONS = List.of("encode", "decode");
  private static final List<String> SEALS = List.of("signed", "encrypted");
  private static final int SMALL = SampleSession.SMALL.jsonBytes();
  private static final int MEDIUM = SampleSession.MEDIUM.jsonBytes();
  private static final int LARGE = SampleSession.LARGE.jsonBytes();
  private static final ToDoubleFunction<ResultRow> CPU = ResultRow::cpuNs;

  private final Results results;

  private Targets(Results results) {
    this.results = results;
  }

  static List<Target> of(Results results) {
    Targets targets = new Targets(results);
    List<Target> all = new ArrayList<>();
    OPERATIONS.forEach(operation -> all.addAll(targets.limit(operation)));
    OPERATIONS.forEach(operation -> all.addAll(targets.peers(operation)));
    OPERATIONS.forEach(operation -> all.addAll(targets.encryption(operation)));
    all.addAll(targets.allocation());
    all.addAll(targets.keysAndThreads());
    SEALS.forEach(seal -> all.addAll(targets.rejections(seal)));
    OPERATIONS.forEach(operation -> all.addAll(targets.growth(operation)));
    all.addAll(targets.filter());
    return all;
  }

  /** The targets as lines: what, the figure, what is wanted, whether it is so. */
  static String text(Results results) {
    StringBuilder text = new StringBuilder();
    text.append(Target.LINE.formatted("target", "figure", "wanted", "").stripTrailing());
    text.append(System.lineSeparator());
    of(results).forEach(target -> text.append(target.line()));
    return text.toString();
  }

  private List<Target> limit(String operation) {
    return Stream.of(SMALL, MEDIUM, LARGE)
        .map(
            size ->
                atMost(
                    1.2,
                    "x",
                    operation + ", ours in units of LJ, " + bytes(size),
                    ratio(
                        text(operation, OURS, size),
                        results.find("limit", operation, Results.LIMIT_WITH_JACKSON, size))))
        .toList();
  }

  private List<Target> peers(String operation) {
    return List.of(
        timesFaster(2, operation, "fastest JWT library", fastestJwt(operation, SMALL), SMALL),
        timesFaster(1.3, operation, "fastest JWT library", fastestJwt(operation, LARGE), LARGE),
        timesFaster(5, operation, "jjwt", text(operation, Contender.JJWT.label(), SMALL), SMALL));
  }

  private Target timesFaster(
      double times, String operation, String whom, Optional<ResultRow> peer, int size) {
    return atLeast(
        times,
        operation + ", " + whom + " in units of ours, " + bytes(size),
        ratio(peer, text(operation, OURS, size)));
  }

  /** The cheapest row of a JWT library, or empty if one was not measured: it might be that one. */
  private Optional<ResultRow> fastestJwt(String operation, int size) {
    List<Optional<ResultRow>> rows =
        JWT.stream().map(library -> text(operation, library, size)).toList();
    return rows.stream().allMatch(Optional::isPresent)
        ? rows.stream()
            .flatMap(Optional::stream)
            .min((a, b) -> Double.compare(a.cpuNs(), b.cpuNs()))
        : Optional.empty();
  }

  private List<Target> encryption(String operation) {
    Optional<ResultRow> encrypted = text(operation, OURS_ENCRYPTED, SMALL);
    return List.of(
        atMost(
            1.7,
            "x",
            operation + ", encrypted in units of signed, " + bytes(SMALL),
            ratio(encrypted, text(operation, OURS, SMALL))),
        atLeast(
            4,
            operation + ", nimbus JWE in units of our encrypted, " + bytes(SMALL),
            ratio(text(operation, JWE, SMALL), encrypted)));
  }

  private List<Target> allocation() {
    return List.of(
        atMost(1100, "B", "encode, allocated, " + bytes(SMALL), allocated("encode")),
        atMost(2600, "B", "decode, allocated, " + bytes(SMALL), allocated("decode")));
  }

  private OptionalDouble allocated(String operation) {
    return figure(text(operation, OURS, SMALL), ResultRow::bytes);
  }

  private List<Target> keysAndThreads() {
    List<Target> targets = new ArrayList<>();
    for (String operation : List.of("encode", "decode", "decodeOldest")) {
      targets.add(inUnits(1.05, "keyring", operation, "16 keys", "1 key"));
    }
    for (String seal : SEALS) {
      for (String operation : OPERATIONS) {
        targets.add(inUnits(1.1, "threads", operation + " " + seal, "2 threads", "1 thread"));
      }
    }
    return targets;
  }

  private Target inUnits(double bound, String group, String operation, String many, String one) {
    return atMost(
        bound,
        "x",
        operation + ", " + many + " in units of " + one + ", " + bytes(SMALL),
        ratio(
            results.find(group, operation, many, SMALL),
            results.find(group, operation, one, SMALL)));
  }

  private List<Target> rejections(String seal) {
    return Stream.of(SMALL, MEDIUM, LARGE).map(size -> dearestRejection(seal, size)).toList();
  }

  /** The rejection that costs most, in units of a good text. */
  private Target dearestRejection(String seal, int size) {
    String operation = "decode " + seal;
    Optional<ResultRow> good = results.find("rejection", operation, Arrival.GOOD.label(), size);
    List<OptionalDouble> ratios =
        Stream.of(Arrival.values())
            .filter(arrival -> arrival != Arrival.GOOD)
            .map(arrival -> results.find("rejection", operation, arrival.label(), size))
            .map(rejection -> ratio(rejection, good))
            .toList();
    return atMost(
        1,
        "x",
        operation + ", dearest rejection in units of good, " + bytes(size),
        ratios.stream().allMatch(OptionalDouble::isPresent)
            ? ratios.stream().mapToDouble(OptionalDouble::getAsDouble).max()
            : OptionalDouble.empty());
  }

  /** How often the cost multiplies where the payload multiplies once. */
  private List<Target> growth(String operation) {
    return Stream.of(SMALL, MEDIUM)
        .map(
            size -> {
              OptionalDouble grown =
                  ratio(text(operation, OURS, LARGE), text(operation, OURS, size));
              return atMost(
                  1.0 * LARGE / size,
                  "x",
                  operation + ", " + bytes(LARGE) + " in units of " + bytes(size),
                  grown);
            })
        .toList();
  }

  private List<Target> filter() {
    Optional<ResultRow> untouched = results.find("filter", "untouched", OURS, SMALL);
    return List.of(
        atMost(1000, "ns", "filter, session untouched", figure(untouched, CPU)),
        atMost(
            200, "B", "filter, session untouched, allocated", figure(untouched, ResultRow::bytes)));
  }

  private Optional<ResultRow> text(String operation, String name, int size) {
    return results.find("text", operation, name, size);
  }

  private static String bytes(int size) {
    return String.format(Locale.ROOT, "%,d B", size);
  }

  private static OptionalDouble ratio(Optional<ResultRow> row, Optional<ResultRow> unit) {
    return figure(unit.flatMap(u -> row), r -> r.cpuNs() / unit.orElseThrow().cpuNs());
  }

  private static OptionalDouble figure(
      Optional<ResultRow> row, ToDoubleFunction<ResultRow> figure) {
    return row.stream().mapToDouble(figure).findFirst();
  }
}
