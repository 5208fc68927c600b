package dev.backstay.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `backstay repo`: the repository by itself.
@Command(
    name = "repo",
    description =
        "Work with the repository itself: init, check, snapshots, ls, find, diff, versions, backup,"
            + " restore, forget, prune, repair, unlock, key, copy, stats, test-store.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "It is a restic v2 repository: stock restic reads it, and the reverse."})
final class RepoCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
