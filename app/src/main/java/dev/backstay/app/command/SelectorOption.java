package dev.backstay.app.command;

import picocli.CommandLine.Option;

/// `-l`.
final class SelectorOption {

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "Only objects whose labels match, as in kubectl.")
  String selector = "";
}
