package dev.madeleine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleSessionTest {
  @Test
  void sizesAreThoseThatFiguresAreQuotedFor() {
    List<Integer> sizes = Stream.of(SampleSession.values()).map(SampleSession::jsonBytes).toList();

    assertThat(sizes).containsExactly(164, 1550, 2927);
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameJsonForEverybody(SampleSession session) throws Exception {
    byte[] plain = new ObjectMapper().writeValueAsBytes(session.attributes());

    assertThat(plain).hasSize(session.jsonBytes());
  }
}
