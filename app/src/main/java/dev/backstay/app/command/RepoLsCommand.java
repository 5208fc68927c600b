package dev.backstay.app.command;

import dev.backstay.app.output.Printer;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo ls`.
@Command(name = "ls", description = "List the files of a snapshot.")
final class RepoLsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID[:/path]", description = "Beginning of a snapshot's id, or 'latest'.")
  String snapshot = "";

  @Option(
      names = {"-R", "--recursive"},
      description = "Everything below too.")
  boolean recursive;

  private final Wiring wiring;
  private final Access access;

  RepoLsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(snapshot);
    try (RepositorySession session = access.repository()) {
      FileListing listing = new FileListing(new Printer(wiring.console(), output.format));
      MeteredWork.quiet(
          wiring, cancel -> session.list(which.id(), which.path(), recursive, listing, cancel));
      listing.end();
      return 0;
    }
  }
}
