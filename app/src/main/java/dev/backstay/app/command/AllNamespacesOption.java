package dev.backstay.app.command;

import picocli.CommandLine.Option;

/// `-A`.
final class AllNamespacesOption {

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "All namespaces.")
  boolean all;
}
