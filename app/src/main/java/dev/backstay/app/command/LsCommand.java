package dev.backstay.app.command;

import dev.backstay.app.output.Printer;
import dev.backstay.model.RestorePoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay ls`.
@Command(
    name = "ls",
    description = "List what a restore point holds.",
    footer = {
      "",
      "/manifests/GROUP/KIND/NAME.yaml, /volumes/PVC/… and /backstay.json; the core group is"
          + " 'core'."
    })
final class LsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "POINT[:/path]",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String point = "";

  @Option(
      names = {"-R", "--recursive"},
      description = "Everything below too.")
  boolean recursive;

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  LsCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(point);
    try (PointAccess points = PointAccess.open(access, options)) {
      RestorePoint found = points.find(which.id());
      FileListing listing = new FileListing(new Printer(wiring.console(), output.format));
      MeteredWork.quiet(
          wiring,
          cancel -> points.session().list(found.id(), which.path(), recursive, listing, cancel));
      listing.end();
      return 0;
    }
  }
}
