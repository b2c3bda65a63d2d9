package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private final List<ResultRow> rows = new ArrayList<>();

  @Test
  void measuresNothingWithoutRows() {
    assertThat(Targets.of(Results.of(rows)))
        .isNotEmpty()
        .allSatisfy(target -> assertThat(target.verdict()).isEqualTo("not measured"));
  }

  @Test
  void comparesOursWithThePartsOfTheSameSize() {
    parts("encode", 164, 100); // With Jackson 400.
    parts("encode", 1550, 100);
    parts("decode", 2927, 100); // With Jackson 500.
    text("encode", "madeleine", 164, 420);
    text("encode", "madeleine", 1550, 404);
    text("decode", "madeleine", 2927, 375);

    assertThat(verdict("encode, ours in units of the sum of parts, Jackson, 164 B"))
        .isEqualTo("met");
    assertThat(verdict("encode, ours in units of the sum of parts, Jackson, 1,550 B"))
        .isEqualTo("missed");
    assertThat(verdict("encode, ours in units of the sum of parts, Jackson, 2,927 B"))
        .isEqualTo("not measured");
    assertThat(verdict("decode, ours in units of the sum of parts, Jackson, 2,927 B"))
        .isEqualTo("met");
  }

  @Test
  void judgesNothingByARowThatIsNotWarmOrWasDisturbed() {
    rows.add(Rows.notWarm("visit", "request signed", "forged", 164, 100));
    rows.add(Rows.row("visit", "request signed", "good", 164, 200, 0));
    assertThat(verdict("a request, signed, forged in units of a good one"))
        .isEqualTo("unknown: not warm");

    rows.clear();
    rows.add(Rows.row("visit", "request signed", "forged", 164, 300, 0));
    rows.add(Rows.disturbed("visit", "request signed", "good", 164, 200));
    assertThat(verdict("a request, signed, forged in units of a good one"))
        .isEqualTo("unknown: disturbed");
  }

  @Test
  void wantsInvalidSessionsToCostNoMoreThanGoodOnes() {
    rows.add(Rows.row("visit", "request signed", "forged", 164, 100, 0));
    rows.add(Rows.row("visit", "request signed", "expired", 164, 101, 0));
    rows.add(Rows.row("visit", "request signed", "good", 164, 100, 0));

    assertThat(verdict("a request, signed, forged in units of a good one")).isEqualTo("met");
    assertThat(verdict("a request, signed, expired in units of a good one")).isEqualTo("missed");
  }

  @Test
  void judgesBytesOfRequestsAlsoWhereTheirTimeWasDisturbed() {
    add("request", "loadGet", "madeleine", 164, 1, 2400);
    rows.add(Rows.disturbed("request", "loadPutSave", "madeleine", 164, 1));
    assertThat(verdict("a request that reads, allocated, 164 B")).isEqualTo("met");
    assertThat(verdict("a request that changes, allocated, 164 B")).isEqualTo("met");

    rows.clear();
    add("request", "loadGet", "madeleine", 164, 1, 2401);
    rows.add(Rows.notWarm("request", "loadPutSave", "madeleine", 164, 1));
    assertThat(verdict("a request that reads, allocated, 164 B")).isEqualTo("missed");
    assertThat(verdict("a request that changes, allocated, 164 B")).isEqualTo("unknown: not warm");
  }

  @Test
  void comparesNewNamesWithKnownOnes() {
    add("names", "loadGet", "known names", 164, 100, 1000);
    add("names", "loadGet", "new names", 164, 199, 2001);

    assertThat(verdict("new names in units of known names, time")).isEqualTo("met");
    assertThat(verdict("new names in units of known names, bytes")).isEqualTo("missed");
  }

  @Test
  void comparesTheBytesOfLargeSessionsWithThoseOfSmallOnes() {
    add("chunks", "loadPutSave", "madeleine", 3000, 100, 0);
    add("chunks", "loadPutSave", "madeleine", 47000, 1566 * 1.25, 0);
    add("chunks", "loadGet", "madeleine", 3000, 100, 0);
    add("chunks", "loadGet", "madeleine", 47000, 1566 * 1.35, 0);

    assertThat(verdict("loadPutSave, chunked, a byte of 47 KB in units of one of 3 KB"))
        .isEqualTo("met");
    assertThat(verdict("loadGet, chunked, a byte of 47 KB in units of one of 3 KB"))
        .isEqualTo("missed");
  }

  @Test
  void comparesOursWithTheFastestJwtLibraryOfAll() {
    text("decode", "madeleine", 164, 1000);
    Targets.JWT.forEach(library -> text("decode", library, 164, 5000));
    text("decode", "naive", 164, 1001);

    assertThat(verdict("decode, fastest JWT library in units of ours, 164 B")).isEqualTo("met");

    rows.remove(1);
    assertThat(verdict("decode, fastest JWT library in units of ours, 164 B"))
        .isEqualTo("not measured");

    text("decode", Targets.JWT.get(0), 164, 1999);
    assertThat(verdict("decode, fastest JWT library in units of ours, 164 B")).isEqualTo("missed");
  }

  @Test
  void comparesEncryptedWithSignedAndWithJwe() {
    text("encode", "madeleine", 164, 1000);
    text("encode", "madeleine encrypted", 164, 1700);
    text("encode", "nimbus-jose-jwt jwe", 164, 6700);

    assertThat(verdict("encode, encrypted in units of signed, 164 B")).isEqualTo("met");
    assertThat(verdict("encode, nimbus JWE in units of our encrypted, 164 B")).isEqualTo("missed");
  }

  @Test
  void takesTheDearestRejection() {
    for (Arrival arrival : Arrival.values()) {
      boolean dear = arrival == Arrival.FLIPPED_TAG_BIT;
      add("rejection", "decode signed", arrival.label(), 164, 100, 0);
      add("rejection", "decode signed", arrival.label(), 1550, dear ? 101 : 100, 0);
    }

    assertThat(verdict("decode signed, dearest rejection in units of good, 164 B"))
        .isEqualTo("met");
    assertThat(verdict("decode signed, dearest rejection in units of good, 1,550 B"))
        .isEqualTo("missed");
  }

  @Test
  void comparesManyKeysAndThreadsWithOne() {
    add("keyring", "encode", "1 key", 164, 100, 0);
    add("keyring", "encode", "16 keys", 164, 106, 0);
    add("threads", "encode signed", "1 thread", 164, 100, 0);
    add("threads", "encode signed", "2 threads", 164, 106, 0);

    assertThat(verdict("encode, 16 keys in units of 1 key, 164 B")).isEqualTo("missed");
    assertThat(verdict("encode signed, 2 threads in units of 1 thread, 164 B")).isEqualTo("met");
  }

  @Test
  void wantsCostToGrowNoFasterThanThePayload() {
    text("encode", "madeleine", 164, 100);
    text("encode", "madeleine", 1550, 1000);
    text("encode", "madeleine", 2927, 1900);

    assertThat(verdict("encode, 2,927 B in units of 164 B")).isEqualTo("missed");
    assertThat(verdict("encode, 2,927 B in units of 1,550 B")).isEqualTo("missed");

    rows.clear();
    text("encode", "madeleine", 164, 110);
    text("encode", "madeleine", 2927, 1900);
    assertThat(verdict("encode, 2,927 B in units of 164 B")).isEqualTo("met");
  }

  @Test
  void printsFigureBoundAndVerdict() {
    add("filter", "untouched", "madeleine", 164, 27.4, 208);

    assertThat(Target.text(Targets.of(Results.of(rows))).lines())
        .startsWith(
            "target                                                                             figure               wanted",
            "encode, ours in units of the sum of parts, Jackson, 164 B                               -       at most 1.05 x  not measured")
        .endsWith(
            "filter, session untouched                                                           27 ns     at most 1,000 ns  met",
            "filter, session untouched, allocated                                                208 B        at most 200 B  missed");
  }

  private String verdict(String what) {
    return Targets.of(Results.of(rows)).stream()
        .filter(target -> target.what().equals(what))
        .map(Target::verdict)
        .findFirst()
        .orElse("no such target");
  }

  private void parts(String operation, int size, double cpuNs) {
    for (Part part : Part.values()) {
      add("parts", operation, part.label(), size, cpuNs, 0);
    }
  }

  private void text(String operation, String name, int size, double cpuNs) {
    add("text", operation, name, size, cpuNs, 0);
  }

  private void add(
      String group, String operation, String name, int size, double cpuNs, long bytes) {
    rows.add(Rows.row(group, operation, name, size, cpuNs, bytes));
  }
}
