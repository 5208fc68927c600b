package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cleanup.CleanUpPlan;
import dev.backstay.workflow.cleanup.Leftover;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay cleanup`.
@Command(
    name = "cleanup",
    description = "Remove temporary objects that dead jobs of this installation left in a context.",
    footer = {
      "",
      "Looks everywhere, or in the namespace of -n. Jobs that still run are left alone."
    })
final class CleanupCommand implements Callable<Integer> {

  private static final Sheet<Leftover> SHEET =
      new Sheet<>(
          "Leftover",
          List.of(
              Column.of("JOB", Leftover::job),
              Column.of("KIND", Leftover::kind),
              Column.of("NAMESPACE", Leftover::namespace),
              Column.of("NAME", Leftover::name),
              Column.of("ACTION", left -> left.inUse() ? "keep: in use" : "remove")),
          CleanupCommand::fields,
          left -> left.namespace() + "/" + left.kind() + "/" + left.name());

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  CleanupCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      engine.tidy();
      access.unlockFor(JobNeeds.BACKUP, cluster, planning);
      String namespace = Objects.requireNonNullElse(options.namespace, "");
      CleanUpPlan plan = engine.planCleanUp(cluster, namespace);
      return new PlanRun(wiring, engine, planning, output.format).run(plan, view(plan));
    }
  }

  private static PlanView view(CleanUpPlan plan) {
    long removed = plan.leftovers().stream().filter(left -> !left.inUse()).count();
    return new PlanView(
        "Clean up context " + plan.context() + ": " + removed + " temporary objects to remove.",
        List.of(new PlanView.Part<>("Temporary objects", SHEET, plan.leftovers())),
        Fields.ofKind("CleanupPlan")
            .put("context", plan.context())
            .put("items", plan.leftovers().stream().map(CleanupCommand::fields).toList())
            .put("warnings", plan.warnings())
            .put("blockers", plan.blockers()),
        plan.blockers(),
        plan.warnings());
  }

  private static Fields fields(Leftover left) {
    return new Fields()
        .put("job", left.job())
        .put("kind", left.kind())
        .put("namespace", left.namespace())
        .put("name", left.name())
        .put("inUse", left.inUse());
  }
}
