package dev.backstay.app.command;

import dev.backstay.app.output.OutputFormat;
import picocli.CommandLine.Option;

/// `-o`, for commands that print data.
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  OutputFormat format = OutputFormat.TABLE;
}
