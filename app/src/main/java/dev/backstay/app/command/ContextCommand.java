package dev.backstay.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `backstay context`: what is declared of one context.
@Command(
    name = "context",
    description = "Declare a context production: read-only until unlocked.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "'backstay contexts' lists them."})
final class ContextCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
