package dev.madeleine.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The main class. Exit codes: 0 done or accepted, 1 failed or rejected, 2 wrong usage. Secrets come
 * from files, environment variables or standard input, never from an argument, which every user of
 * the machine can see.
 */
@Command(
    name = "madeleine",
    versionProvider = Madeleine.Version.class,
    mixinStandardHelpOptions = true,
    description = "Keys and cookies of Madeleine's stateless sessions.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madeleine keygen                          a key for MADELEINE_KEY",
      "  madeleine keygen --ring -o keys.json      a key ring file with one key",
      "  madeleine keys rotate -f keys.json        a new key, which signs in 10 minutes",
      "  madeleine inspect \"$value\"                what is in this cookie",
      "",
      "Exit codes: 0 done or accepted, 1 failed or rejected, 2 wrong usage."
    })
public final class Madeleine implements Runnable {
  static final int DONE = 0;
  static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  Madeleine() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs a command; returns its exit code. */
  static int run(Console console, String... args) {
    CommandLine line = commands(console);
    line.setOut(console.out());
    line.setErr(console.err());
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> failed(problem, console, parsed));
    int code = line.execute(args);
    if (console.out().checkError()) { // Which flushes, too.
      console.err().println("madeleine: standard output cannot be written, so its text is lost");
      code = code == DONE ? FAILED : code;
    }
    console.err().flush();
    return code;
  }

  /** The table of all commands. */
  private static CommandLine commands(Console console) {
    CommandLine keys =
        new CommandLine(new Keys())
            .addSubcommand(new KeysList(console))
            .addSubcommand(new KeysRotate(console))
            .addSubcommand(new KeysRevoke(console))
            .addSubcommand(new KeysPrune(console))
            .addSubcommand(new KeysCheck(console));
    return new CommandLine(new Madeleine())
        .addSubcommand(new Keygen(console))
        .addSubcommand("keys", keys)
        .addSubcommand(new Inspect(console))
        .addSubcommand(new Verify(console))
        .addSubcommand(new Forge(console))
        .addSubcommand(new Batch(console))
        .setExpandAtFiles(false);
  }

  /** Says in one line what went wrong; the messages of the library are made for that. */
  private static int failed(Exception problem, Console console, ParseResult parsed) {
    String message =
        problem.getMessage() == null ? problem.getClass().getName() : problem.getMessage();
    int code = problem instanceof UsageProblem ? CommandLine.ExitCode.USAGE : FAILED;
    boolean json = parsed.originalArgs().contains(Answer.JSON_OPTION);
    new Answer(code)
        .with("error", message)
        .line("madeleine: " + Printable.lines(message))
        .print(console, json);
    return code;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Madeleine.class.getPackage().getImplementationVersion();
      return new String[] {"madeleine " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
