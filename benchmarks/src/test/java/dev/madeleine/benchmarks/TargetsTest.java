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
  void comparesOursWithTheLimitOfTheSameSize() {
    parts("encode", 164, 100); // LJ = 400
    parts("encode", 1550, 100);
    text("encode", "madeleine", 164, 480);
    text("encode", "madeleine", 1550, 484);

    assertThat(verdict("encode, ours in units of LJ, 164 B")).isEqualTo("met");
    assertThat(verdict("encode, ours in units of LJ, 1,550 B")).isEqualTo("missed");
    assertThat(verdict("encode, ours in units of LJ, 2,927 B")).isEqualTo("not measured");
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
      add("rejection", "decode signed", arrival.label(), 164, 100, 0);
      boolean dear = arrival == Arrival.FLIPPED_TAG_BIT;
      add("rejection", "decode encrypted", arrival.label(), 164, dear ? 101 : 100, 0);
    }

    assertThat(verdict("decode signed, dearest rejection in units of good, 164 B"))
        .isEqualTo("met");
    assertThat(verdict("decode encrypted, dearest rejection in units of good, 164 B"))
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

    assertThat(Targets.text(Results.of(rows)).lines())
        .startsWith(
            "target                                                                 figure               wanted",
            "encode, ours in units of LJ, 164 B                                          -       at most 1.20 x  not measured")
        .endsWith(
            "filter, session untouched                                               27 ns     at most 1,000 ns  met",
            "filter, session untouched, allocated                                    208 B        at most 200 B  missed");
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
      add("limit", operation, part.label(), size, cpuNs, 0);
    }
  }

  private void text(String operation, String name, int size, double cpuNs) {
    add("text", operation, name, size, cpuNs, 0);
  }

  private void add(
      String group, String operation, String name, int size, double cpuNs, long bytes) {
    rows.add(new ResultRow(group, operation, name, size, "17", cpuNs, cpuNs, bytes));
  }
}
