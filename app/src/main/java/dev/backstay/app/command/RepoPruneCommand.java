package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo prune`.
@Command(
    name = "prune",
    description = "Give back the space of what no snapshot needs.",
    footer = {
      "",
      "Writers go on meanwhile: packs are set aside first, and a later prune deletes them when"
          + " those",
      "who wrote at that time have finished. --exclusive works alone, and at once."
    })
final class RepoPruneCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin PruneTuning tuning = new PruneTuning();

  @Option(names = "--dry-run", description = "Print the plan and change nothing.")
  boolean dryRun;

  private final Wiring wiring;
  private final Access access;

  RepoPruneCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    Printer printer = new Printer(wiring.console(), output.format);
    Fields document = Fields.ofKind("PruneResult").put("dryRun", dryRun);
    try (RepositorySession session = access.repository()) {
      ExitCode end =
          new PruneWork(wiring, session, printer).run(tuning.request(), dryRun, document);
      if (!printer.forPeople()) {
        printer.document(document);
      }
      return end.number();
    }
  }
}
