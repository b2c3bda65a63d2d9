package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectTest {
  @Test
  void isTheBeginningOfAHashOfTheName() throws Exception {
    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(Fixtures.utf8("madeleine/subject:zoé"));
    assertThat(Subject.of("zoé", 3))
        .isEqualTo(new Subject(HexFormat.of().formatHex(Arrays.copyOf(hash, 8)), 3));
    assertThat(Subject.of("zoé", 0).hash()).isEqualTo("02a48442bde5bfa3");
  }

  @Test
  void differsByNameAndByGeneration() {
    assertThat(Subject.of("zoé", 0))
        .isNotEqualTo(Subject.of("zoe", 0))
        .isNotEqualTo(Subject.of("zoé", 1));
  }

  @Test
  void doesNotShowTheName() {
    assertThat(Subject.of("zoé", 0).toString()).doesNotContain("zoé");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zoé",
        "02A48442BDE5BFA3",
        "02a48442bde5bfa",
        "02a48442bde5bfa33",
        "02a48442bde5bfag"
      })
  void refusesHashesOfAnotherForm(String hash) {
    assertThatThrownBy(() -> new Subject(hash, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Subject.of(name, generation)");
  }
}
