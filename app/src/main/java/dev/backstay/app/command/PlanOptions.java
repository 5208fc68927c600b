package dev.backstay.app.command;

import picocli.CommandLine.Option;

/// Options of commands that plan before they apply.
final class PlanOptions {

  @Option(
      names = "--dry-run",
      arity = "0..1",
      paramLabel = "WHERE",
      fallbackValue = "server",
      description =
          "Print the plan and change nothing (kubectl's client, server and none are taken).")
  DryRun dryRun = DryRun.none;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before a plan that destroys something.")
  boolean yes;

  /// kubectl's words.
  enum DryRun {
    none,
    client,
    server
  }

  boolean onlyPlan() {
    return dryRun != DryRun.none;
  }
}
