package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.browse.FileVersion.Presence;
import dev.backstay.workflow.browse.SnapshotBrowsing;
import dev.backstay.workflow.browse.SnapshotVersion;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backstay repo versions`.
@Command(
    name = "versions",
    description = "List the versions of a file across the snapshots of the repository.",
    footer = {"", "Newest first; snapshots in a row that hold the same content are one version."})
final class RepoVersionsCommand implements Callable<Integer> {

  private static final Sheet<SnapshotVersion> SHEET =
      new Sheet<>(
          "FileVersion",
          List.of(
              Column.of("ID", v -> v.newest().shortId()),
              Column.of("TIME", v -> v.newest().time().truncatedTo(ChronoUnit.SECONDS).toString()),
              Column.of("STATE", RepoVersionsCommand::state),
              Column.amount("SNAPSHOTS", v -> String.valueOf(v.snapshots())),
              Column.amount(
                  "SIZE", v -> v.file() == null ? "" : Sheets.size(v.file().entry().size())),
              Column.of("MODE", v -> v.file() == null ? "" : FileListing.mode(v.file().entry())),
              Column.of(
                  "CONTENT", v -> v.content().substring(0, Math.min(8, v.content().length()))),
              Column.wide("OLDEST", v -> v.oldest().shortId())),
          RepoVersionsCommand::fields,
          v -> v.newest().id());

  @Mixin OutputOption output = new OutputOption();
  @Mixin SnapshotFilter filter = new SnapshotFilter();

  @Parameters(paramLabel = "PATH", description = "Absolute inside the snapshots.")
  String path = "";

  private final Wiring wiring;
  private final Access access;

  RepoVersionsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession session = access.repository()) {
      List<SnapshotVersion> versions = new ArrayList<>();
      List<SnapshotInfo> where = filter.list(session);
      MeteredWork.quiet(
          wiring,
          cancel -> new SnapshotBrowsing(session).versions(where, path, versions::add, cancel));
      if (versions.stream().allMatch(v -> v.presence() == Presence.ABSENT)) {
        throw new NotFoundException(
            "versions.no-path",
            "no snapshot holds '" + path + "'",
            "look for it by its name with 'repo find'");
      }
      new Printer(wiring.console(), output.format).list(SHEET, versions);
      boolean read = versions.stream().noneMatch(v -> v.presence() == Presence.UNREADABLE);
      return (read ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  private static String state(SnapshotVersion version) {
    return version.presence().name().toLowerCase(Locale.ROOT);
  }

  private static Fields fields(SnapshotVersion version) {
    return new Fields()
        .put("newest", place(version.newest()))
        .put("oldest", place(version.oldest()))
        .put("snapshots", version.snapshots())
        .put("state", state(version))
        .put("content", version.content().isEmpty() ? null : version.content())
        .put("file", version.file() == null ? null : FileListing.fields(version.file()));
  }

  private static Fields place(SnapshotInfo snapshot) {
    return new Fields().put("id", snapshot.id()).put("time", snapshot.time());
  }
}
