package dev.madeleine.benchmarks;

import static dev.madeleine.benchmarks.Target.Figure.ratio;
import static dev.madeleine.benchmarks.Target.atLeast;
import static dev.madeleine.benchmarks.Target.atMost;

import dev.madeleine.benchmarks.Target.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  private final Results results;

  private Targets(Results results) {
    this.results = results;
  }

  static List<Target> of(Results results) {
    Targets targets = new Targets(results);
    List<Target> all = new ArrayList<>();
    OPERATIONS.forEach(operation -> all.addAll(targets.parts(operation)));
    all.addAll(targets.bytes());
    all.addAll(targets.newNames());
    all.addAll(targets.chunks());
    all.addAll(targets.visits());
    all.addAll(targets.rejections());
    OPERATIONS.forEach(operation -> all.addAll(targets.peers(operation)));
    OPERATIONS.forEach(operation -> all.addAll(targets.encryption(operation)));
    all.addAll(targets.keysAndThreads());
    OPERATIONS.forEach(operation -> all.addAll(targets.growth(operation)));
    all.addAll(targets.filter());
    return all;
  }

  /** What a session to text and back may cost in units of the parts with Jackson, by size. */
  private List<Target> parts(String operation) {
    return operation.equals("encode")
        ? List.of(
            parts(operation, SMALL, 1.05),
            parts(operation, MEDIUM, 1),
            parts(operation, LARGE, 1.1))
        : List.of(
            parts(operation, SMALL, 0.95),
            parts(operation, MEDIUM, 0.8),
            parts(operation, LARGE, 0.75));
  }

  private Target parts(String operation, int size, double most) {
    return atMost(
        most,
        "x",
        operation + ", ours in units of the " + Results.PARTS_WITH_JACKSON + ", " + bytes(size),
        ratio(
            text(operation, OURS, size),
            results.parts(operation, size, Results.PARTS_WITH_JACKSON)));
  }

  private List<Target> bytes() {
    return List.of(
        atMost(2400, "B", "a request that reads, allocated, " + bytes(SMALL), allocated("loadGet")),
        atMost(
            4000,
            "B",
            "a request that changes, allocated, " + bytes(SMALL),
            allocated("loadPutSave")));
  }

  private Figure allocated(String operation) {
    return Figure.bytes(results.find("request", operation, OURS, SMALL));
  }

  private List<Target> newNames() {
    Optional<ResultRow> known = results.find("names", "loadGet", Names.KNOWN.label(), SMALL);
    Optional<ResultRow> unseen = results.find("names", "loadGet", Names.NEW.label(), SMALL);
    return List.of(
        atMost(2, "x", "new names in units of known names, time", Figure.ratio(unseen, known)),
        atMost(
            2,
            "x",
            "new names in units of known names, bytes",
            Figure.bytes(unseen).per(Figure.bytes(known))));
  }

  private List<Target> chunks() {
    return Stream.of("loadGet", "loadPutSave").map(this::chunks).toList();
  }

  /** What a byte of the largest session costs, in units of one of the smallest. */
  private Target chunks(String operation) {
    List<ResultRow> bySize =
        results.rows().stream()
            .filter(row -> row.group().equals("chunks") && row.operation().equals(operation))
            .toList();
    Figure figure = Figure.NONE;
    if (bySize.size() > 1) {
      ResultRow few = bySize.get(0);
      ResultRow many = bySize.get(bySize.size() - 1);
      figure =
          Figure.ratio(Optional.of(many), Optional.of(few))
              .per(Figure.certain((double) many.size() / few.size()));
    }
    return atMost(
        1.3, "x", operation + ", chunked, a byte of 47 KB in units of one of 3 KB", figure);
  }

  private List<Target> visits() {
    return Stream.of(Visit.EXPIRED, Visit.FORGED)
        .map(
            visit ->
                atMost(
                    1,
                    "x",
                    "a request, signed, " + visit.label() + " in units of a good one",
                    ratio(visit(visit), visit(Visit.GOOD))))
        .toList();
  }

  private Optional<ResultRow> visit(Visit visit) {
    return results.find("visit", "request signed", visit.label(), SMALL);
  }

  private List<Target> rejections() {
    return Stream.of(SMALL, MEDIUM, LARGE).map(this::dearestRejection).toList();
  }

  /** The signed text whose rejection costs most, in units of a good one. */
  private Target dearestRejection(int size) {
    String operation = "decode signed";
    Optional<ResultRow> good = results.find("rejection", operation, Arrival.GOOD.label(), size);
    List<Optional<ResultRow>> rejected =
        Stream.of(Arrival.values())
            .filter(arrival -> arrival != Arrival.GOOD)
            .map(arrival -> results.find("rejection", operation, arrival.label(), size))
            .toList();
    Optional<ResultRow> dearest =
        rejected.stream().allMatch(Optional::isPresent)
            ? rejected.stream()
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(ResultRow::cpuNs))
            : Optional.empty();
    return atMost(
        1,
        "x",
        operation + ", dearest rejection in units of good, " + bytes(size),
        ratio(dearest, good));
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

  /** How often the cost multiplies where the payload multiplies once. */
  private List<Target> growth(String operation) {
    return Stream.of(SMALL, MEDIUM)
        .map(
            size -> {
              Figure grown = ratio(text(operation, OURS, LARGE), text(operation, OURS, size));
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
        atMost(1000, "ns", "filter, session untouched", Figure.nanos(untouched)),
        atMost(200, "B", "filter, session untouched, allocated", Figure.bytes(untouched)));
  }

  private Optional<ResultRow> text(String operation, String name, int size) {
    return results.find("text", operation, name, size);
  }

  private static String bytes(int size) {
    return String.format(Locale.ROOT, "%,d B", size);
  }
}
