package dev.backstay.app.command;

import dev.backstay.workflow.repository.RestoreFolderRequest.Existing;
import picocli.CommandLine.Option;

/// How files are written into a folder of this machine.
final class FolderOptions {

  @Option(
      names = "--existing",
      paramLabel = "WHAT",
      description = "For files that are there already: skip (default), overwrite or fail.")
  Existing existing = Existing.SKIP;

  @Option(names = "--sparse", description = "Write holes for long runs of zeros.")
  boolean sparse;

  @Option(names = "--owners", description = "Set owner and group; needs to be root.")
  boolean owners;
}
