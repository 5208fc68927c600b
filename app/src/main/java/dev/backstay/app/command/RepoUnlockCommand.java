package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.maintenance.LockView;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo unlock`.
@Command(
    name = "unlock",
    description = "Remove locks that nobody holds any more: of dead processes, or 30 minutes old.")
final class RepoUnlockCommand implements Callable<Integer> {

  private static final Sheet<LockView> SHEET =
      new Sheet<>(
          "Lock",
          List.of(
              Column.of("ID", lock -> lock.id().substring(0, 8)),
              Column.of("RENEWED", RepoUnlockCommand::time),
              Column.of("KIND", lock -> lock.exclusive() ? "exclusive" : "shared"),
              Column.of("HOST", LockView::hostname),
              Column.of("USER", LockView::username),
              Column.amount("PID", lock -> String.valueOf(lock.pid())),
              Column.of("REMOVED", lock -> lock.removed() ? lock.reason() : "")),
          RepoUnlockCommand::fields,
          LockView::id);

  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--remove-all", description = "Remove all locks, whoever holds them.")
  boolean all;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  boolean dryRun;

  private final Wiring wiring;
  private final Access access;

  RepoUnlockCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession session = access.repository()) {
      List<LockView> locks =
          new RepositoryMaintenance(session).unlock(all, dryRun, holder -> false);
      Printer printer = new Printer(wiring.console(), output.format);
      if (printer.forPeople() && locks.isEmpty()) {
        printer.line("There are no locks.");
      } else {
        printer.list(SHEET, locks);
      }
      return 0;
    }
  }

  private static String time(LockView lock) {
    var time = lock.time();
    return time == null ? "cannot be read" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Fields fields(LockView lock) {
    return new Fields()
        .put("id", lock.id())
        .put("time", lock.time())
        .put("exclusive", lock.exclusive())
        .put("hostname", lock.hostname())
        .put("username", lock.username())
        .put("pid", lock.pid())
        .put("removed", lock.removed())
        .put("reason", lock.reason());
  }
}
