package dev.madeleine.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code madeleine keys}: the commands about a key ring file. */
@Command(
    description = "List, rotate, revoke, prune and check the keys of a key ring file.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madeleine keys list -f keys.json",
      "  madeleine keys rotate -f keys.json --propagation 10m",
      "  madeleine keys check -f keys.json && echo in order"
    })
final class Keys implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), help ? "" : "Which command about keys?");
  }
}
