package dev.backstay.app.command;

import picocli.CommandLine.Option;

/// `--dry-run`, as restic has it.
final class DryRunOption {

  @Option(names = "--dry-run", description = "Print the plan and change nothing.")
  boolean dryRun;
}
