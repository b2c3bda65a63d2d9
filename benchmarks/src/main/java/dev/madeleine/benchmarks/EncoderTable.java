package dev.madeleine.benchmarks;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The table of docs/encoders.md: what each encoder makes of the same three sessions. */
final class EncoderTable {
  private static final List<SampleSession> SESSIONS = List.of(SampleSession.values());

  private EncoderTable() {}

  static String of(List<ResultRow> rows) {
    StringBuilder text = new StringBuilder("| characters; µs to write / read, for JSON of");
    SESSIONS.forEach(s -> text.append(String.format(Locale.ROOT, " | %,d B", s.jsonBytes())));
    SESSIONS.forEach(s -> text.append(String.format(Locale.ROOT, " | %,d B", s.jsonBytes())));
    text.append(" |\n|---").append("|--:".repeat(2 * SESSIONS.size())).append("|\n");
    for (EncoderChoice encoder : EncoderChoice.values()) {
      text.append("| ").append(encoder.label());
      for (SampleSession session : SESSIONS) {
        text.append(String.format(Locale.ROOT, " | %,d", length(encoder, session)));
      }
      for (SampleSession session : SESSIONS) {
        text.append(" | ")
            .append(micros(rows, "encode", encoder, session))
            .append(" / ")
            .append(micros(rows, "decode", encoder, session));
      }
      text.append(" |\n");
    }
    return text.toString();
  }

  /** Characters of the text. */
  private static int length(EncoderChoice encoder, SampleSession session) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return encoder.with(secret).encode(session.sealedAt(now)).length();
  }

  private static String micros(
      List<ResultRow> rows, String operation, EncoderChoice encoder, SampleSession session) {
    return rows.stream()
        .filter(row -> row.group().equals("encoder") && row.operation().equals(operation))
        .filter(row -> row.name().equals(encoder.label()) && row.size() == session.jsonBytes())
        .findFirst()
        .map(row -> String.format(Locale.ROOT, "%.1f", row.cpuNs() / 1000))
        .orElse("?");
  }
}
