package dev.backstay.app.command;

import dev.backstay.workflow.repository.RestoreFolderRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backstay get`.
@Command(name = "get", description = "Copy a file or folder of a restore point to this machine.")
final class GetCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin FolderOptions folder = new FolderOptions();

  @Parameters(
      index = "0",
      paramLabel = "POINT:/path",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String point = "";

  @Parameters(index = "1", paramLabel = "DIR", description = "Folder; made if it is not there.")
  Path target = Path.of("");

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  GetCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(point);
    try (PointAccess points = PointAccess.open(access, options)) {
      RestoreFolderRequest request =
          new RestoreFolderRequest(
              points.find(which.id()).id(),
              which.path(),
              target,
              folder.existing(),
              folder.sparse,
              folder.owners);
      return FolderRestore.run(wiring, points.session(), request, output.format);
    }
  }
}
