package dev.backstay.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `backstay snapshot`: VolumeSnapshots, without moving data.
@Command(
    name = "snapshot",
    description = "Take, restore and delete VolumeSnapshots; no data leaves the cluster.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'backstay snapshots' lists them. They are no restore points: what the storage loses, they"
          + " lose."
    })
final class SnapshotCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
