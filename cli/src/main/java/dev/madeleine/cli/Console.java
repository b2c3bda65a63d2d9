package dev.madeleine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command has to do with the world.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param variables the environment
 * @param clock tells the time
 * @param random makes keys
 */
record Console(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> variables,
    InstantSource clock,
    SecureRandom random) {
  private static final int MAX_INPUT = 65_536;

  static Console ofProcess() {
    return new Console(
        System.in,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        System.getenv(),
        InstantSource.system(),
        new SecureRandom());
  }

  Instant now() {
    return clock.instant();
  }

  /** Standard input as text, at most 64 KiB of it. */
  String input() throws IOException {
    byte[] content = in.readNBytes(MAX_INPUT + 1);
    if (content.length > MAX_INPUT) {
      throw new IOException("standard input has more than " + MAX_INPUT + " bytes");
    }
    return new String(content, StandardCharsets.UTF_8);
  }
}
