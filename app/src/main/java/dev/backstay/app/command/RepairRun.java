package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.maintenance.PlannedRepair;
import dev.backstay.workflow.maintenance.RepairStep;
import java.util.List;

/// Plans a repair, prints the plan and carries it out.
final class RepairRun {

  private final Wiring wiring;
  private final OutputFormat format;
  private final boolean dryRun;

  RepairRun(Wiring wiring, OutputFormat format, boolean dryRun) {
    this.wiring = wiring;
    this.format = format;
    this.dryRun = dryRun;
  }

  int run(MeteredWork.Work<PlannedRepair> plan) {
    PlannedRepair repair = MeteredWork.run(wiring, "plan", plan);
    Printer printer = new Printer(wiring.console(), format);
    if (printer.forPeople()) {
      repair.steps().forEach(step -> print(printer, step));
    }
    wiring.presenter().items("Warning", repair.warnings());
    List<String> made =
        dryRun || repair.isEmpty() ? List.of() : MeteredWork.run(wiring, "repair", repair::apply);
    if (printer.forPeople()) {
      printer.line(sentence(repair));
    } else if (format == OutputFormat.NAME) {
      repair.steps().forEach(step -> printer.line(step.item()));
    } else {
      printer.document(fields(repair, made));
    }
    ExitCode code = repair.warnings().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
    return code.number();
  }

  private static void print(Printer printer, RepairStep step) {
    printer.line(step.action() + " " + step.item() + ": " + step.message());
    step.details().forEach(detail -> printer.line("  " + detail));
  }

  private String sentence(PlannedRepair repair) {
    boolean more = !repair.warnings().isEmpty();
    if (repair.isEmpty()) {
      return more ? "There is nothing that can be repaired." : "There is nothing to repair.";
    }
    if (dryRun) {
      return "Nothing was changed: this was a dry run.";
    }
    return more ? "Repaired, but for what the warnings name." : "Repaired.";
  }

  private Fields fields(PlannedRepair repair, List<String> made) {
    return Fields.ofKind("RepositoryRepair")
        .put("dryRun", dryRun)
        .put("changed", !dryRun && !repair.isEmpty())
        .put("steps", repair.steps().stream().map(RepairRun::fields).toList())
        .put("snapshots", made)
        .put("warnings", repair.warnings());
  }

  private static Fields fields(RepairStep step) {
    return new Fields()
        .put("item", step.item())
        .put("action", step.action())
        .put("message", step.message())
        .put("details", step.details());
  }
}
