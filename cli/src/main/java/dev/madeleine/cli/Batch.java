package dev.madeleine.cli;

import dev.madeleine.internal.Utf8;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code madeleine batch}: one JSON object per line in, one per line out. */
@Command(
    name = "batch",
    description = {
      "Answer one JSON object per line of standard input with one per line of standard output,",
      "in order, each before the next is read: for tests and migrations."
    },
    footer = {
      "",
      "Operations: decode, encode, seal (given payload bytes); of format keygrip: sign, verify, index.",
      "A line that cannot be taken answers {\"error\":\"...\"}, and the rest goes on. See docs/cli.md.",
      "",
      "Examples:",
      "  echo '{\"op\":\"encode\",\"format\":\"cookie-session\",\"keys\":[\"secret\"],\"session\":{\"n\":1}}' \\",
      "    | madeleine batch",
      "  madeleine batch < requests.jsonl > answers.jsonl"
    })
final class Batch implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  Batch(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    LineReader lines = new LineReader(console.in());
    BatchDesk desk = new BatchDesk(console);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      console.out().print(answer(desk, line, lines.isTooLong()).line() + "\n");
      console.out().flush();
      if (console.out().checkError()) {
        return Madeleine.FAILED; // Nobody reads the answers any more.
      }
    }
    return Madeleine.DONE;
  }

  private static BatchAnswer answer(BatchDesk desk, byte[] line, boolean tooLong) {
    try {
      if (tooLong) {
        throw new UsageProblem("line", "has more than " + LineReader.LONGEST + " bytes");
      }
      String text = Utf8.text(line);
      if (text == null) {
        throw new UsageProblem("line", "is no UTF-8");
      }
      return desk.answer(BatchRequest.parse(text));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return error(e.getMessage(), e);
    } catch (UsageProblem e) {
      return error(e.getMessage(), e);
    } catch (RuntimeException e) { // Its message may quote what it should not.
      return error(null, e);
    }
  }

  private static BatchAnswer error(@Nullable String message, Exception e) {
    return new BatchAnswer().with("error", message == null ? e.getClass().getName() : message);
  }
}
