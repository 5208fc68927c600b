package dev.backstay.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The other repository, that something comes from, with restic's names.
final class FromOptions {

  @Option(
      names = "--from-repo",
      paramLabel = "PLACE",
      description = "Repository that it comes from. Else BACKSTAY_FROM_REPOSITORY.")
  @Nullable String repository;

  @Option(
      names = "--from-password-file",
      paramLabel = "FILE",
      description = "File whose first line is that repository's password.")
  @Nullable String passwordFile;

  @Option(
      names = "--from-password-command",
      paramLabel = "COMMAND",
      description = "Program that prints that repository's password.")
  @Nullable String passwordCommand;

  /// Whether any of them is given; the environment does not count.
  boolean given() {
    return repository != null || passwordFile != null || passwordCommand != null;
  }
}
