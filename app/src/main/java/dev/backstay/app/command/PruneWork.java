package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.repository.PruneRepositoryOutcome;
import dev.backstay.workflow.repository.PruneRepositoryPlan;
import dev.backstay.workflow.repository.PruneRepositoryRequest;
import dev.backstay.workflow.repository.RepositorySession;

/// A prune from its plan to its end.
final class PruneWork {

  private final Wiring wiring;
  private final RepositorySession session;
  private final Printer printer;

  PruneWork(Wiring wiring, RepositorySession session, Printer printer) {
    this.wiring = wiring;
    this.session = session;
    this.printer = printer;
  }

  /// @param into gets `plan` and, unless nothing is to be changed, `outcome`
  ExitCode run(PruneRepositoryRequest request, boolean onlyPlan, Fields into) {
    PruneRepositoryPlan plan =
        MeteredWork.run(wiring, "marking", (cancel, meter) -> session.plan(request, cancel, meter));
    into.put("plan", PruneView.fields(plan));
    if (printer.forPeople()) {
      PruneView.print(printer, plan);
    }
    if (onlyPlan) {
      plan.obstacles().forEach(text -> wiring.console().say("In the way: " + text));
      return ExitCode.DONE;
    }
    PruneRepositoryOutcome outcome =
        MeteredWork.run(wiring, "pruning", (cancel, meter) -> session.apply(plan, cancel, meter));
    into.put("outcome", PruneView.fields(outcome));
    if (printer.forPeople()) {
      PruneView.print(printer, outcome);
    }
    outcome.postponed().forEach(text -> wiring.console().say("Left for a later run: " + text));
    return outcome.postponed().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
  }
}
