package dev.backstay.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a new password comes from; asked for twice if nothing is said. It is never an argument.
final class NewPasswordOptions {

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "File whose first line is the new password.")
  @Nullable String file;

  @Option(
      names = "--new-password-command",
      paramLabel = "COMMAND",
      description = "Program that prints the new password.")
  @Nullable String command;

  @Option(
      names = "--key-user",
      paramLabel = "NAME",
      description = "User name of the new key; this user's by default.")
  String user = "";

  @Option(
      names = "--key-host",
      paramLabel = "NAME",
      description = "Host name of the new key; this machine's by default.")
  String host = "";
}
