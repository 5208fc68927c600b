package dev.backstay.app.command;

import dev.backstay.app.output.Printer;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo ls`.
@Command(name = "ls", description = "List the files of a snapshot.")
final class RepoLsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Mixin SnapshotFilter filter = new SnapshotFilter();

  @Parameters(
      index = "0",
      paramLabel = "ID[:/path]",
      description = "Beginning of a snapshot's id, or 'latest'.")
  String snapshot = "";

  @Parameters(
      index = "1..*",
      paramLabel = "PATH",
      description = "Folders or files, if they do not stand behind ID.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-l", "--long"},
      description = "Mode, owner, size and time too; tables have them unless there is --short.")
  boolean longer;

  @Option(names = "--short", description = "Paths alone.")
  boolean shorter;

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
    List<String> where = paths.isEmpty() ? List.of(which.path()) : paths;
    try (RepositorySession session = access.repository()) {
      String id = filter.find(session, which.id()).id();
      FileListing listing =
          new FileListing(new Printer(wiring.console(), output.format), shorter && !longer);
      MeteredWork.quiet(
          wiring,
          cancel -> where.forEach(path -> session.list(id, path, recursive, listing, cancel)));
      listing.end();
      return 0;
    }
  }
}
