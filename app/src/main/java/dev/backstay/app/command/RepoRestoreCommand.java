package dev.backstay.app.command;

import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.RestoreFolderRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo restore`.
@Command(name = "restore", description = "Restore the files of a snapshot into a folder.")
final class RepoRestoreCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin FolderOptions folder = new FolderOptions();

  @Parameters(paramLabel = "ID[:/path]", description = "Beginning of a snapshot's id, or 'latest'.")
  String snapshot = "";

  @Option(
      names = {"-t", "--target"},
      paramLabel = "DIR",
      required = true,
      description = "Folder to write to; made if it is not there.")
  Path target = Path.of("");

  private final Wiring wiring;
  private final Access access;

  RepoRestoreCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(snapshot);
    try (RepositorySession session = access.repository()) {
      RestoreFolderRequest request =
          new RestoreFolderRequest(
              which.id(), which.path(), target, folder.existing(), folder.sparse, folder.owners);
      return FolderRestore.run(wiring, session, request, output.format);
    }
  }
}
