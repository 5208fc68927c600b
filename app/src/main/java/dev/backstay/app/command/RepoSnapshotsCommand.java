package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay repo snapshots`.
@Command(name = "snapshots", description = "List the snapshots of the repository, oldest first.")
final class RepoSnapshotsCommand implements Callable<Integer> {

  static final Sheet<SnapshotInfo> SHEET =
      new Sheet<>(
          "Snapshot",
          List.of(
              Column.of("ID", SnapshotInfo::shortId),
              Column.of("TIME", s -> s.time().truncatedTo(ChronoUnit.SECONDS).toString()),
              Column.of("HOST", SnapshotInfo::hostname),
              Column.of("PATHS", s -> String.join(",", s.paths())),
              Column.amount("FILES", s -> s.files() < 0 ? "" : String.valueOf(s.files())),
              Column.amount("SIZE", s -> Sheets.size(s.bytes())),
              Column.wide("TAGS", s -> String.join(",", s.tags())),
              Column.wide("USER", SnapshotInfo::username),
              Column.wide("PROGRAM", SnapshotInfo::program)),
          RepoSnapshotsCommand::fields,
          SnapshotInfo::id);

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;

  RepoSnapshotsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession session = access.repository()) {
      List<SnapshotInfo> snapshots = session.snapshots();
      new Printer(wiring.console(), output.format).list(SHEET, snapshots, session.damage());
      wiring.presenter().items("Damaged", session.damage());
      return (session.damage().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  static Fields fields(SnapshotInfo s) {
    return new Fields()
        .put("id", s.id())
        .put("time", s.time())
        .put("hostname", s.hostname())
        .put("username", s.username())
        .put("paths", s.paths())
        .put("tags", s.tags())
        .put("program", s.program())
        .put("files", Sheets.sizeOrNull(s.files()))
        .put("bytes", Sheets.sizeOrNull(s.bytes()));
  }
}
