package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.console.JobWatch;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.JobHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// From a plan to its end: shows it, asks if it destroys something, runs it, watches, prints the
/// result.
final class PlanRun {

  private final Wiring wiring;
  private final Engine engine;
  private final PlanOptions options;
  private final OutputFormat format;

  PlanRun(Wiring wiring, Engine engine, PlanOptions options, OutputFormat format) {
    this.wiring = wiring;
    this.engine = engine;
    this.options = options;
    this.format = format;
  }

  /// @return the exit code
  int run(Plan plan, PlanView view) {
    return run(plan, view, _ -> null);
  }

  /// @param made what a job with that outcome has made; null for jobs that make nothing to be
  ///   listed
  /// @return the exit code
  int run(Plan plan, PlanView view, Function<Outcome, @Nullable Made<?>> made) {
    Printer printer = new Printer(wiring.console(), format);
    if (options.onlyPlan()) {
      return show(printer, plan, view);
    }
    wiring.presenter().items("Warning", view.warnings());
    wiring.presenter().items("Blocked", view.blockers());
    if (!plan.blocked() && plan.destroys() && !options.yes) {
      if (!agreed(view)) {
        wiring.console().say("Nothing was changed.");
        return ExitCode.CANCELLED.number();
      }
    }
    Instant begun = wiring.clock().instant();
    JobHandle job = engine.submit(plan);
    Outcome outcome = new JobWatch(wiring.console(), wiring.interrupts()).watch(job);
    Duration took = Duration.between(begun, wiring.clock().instant());
    JobResult.print(printer, wiring.console(), job, outcome, took, made.apply(outcome));
    return wiring.presenter().present(outcome).number();
  }

  private int show(Printer printer, Plan plan, PlanView view) {
    if (printer.forPeople()) {
      printer.line(view.title());
      for (PlanView.Part<?> part : view.sheets()) {
        show(printer, part);
      }
    } else {
      printer.document(view.document());
    }
    wiring.presenter().items("Warning", view.warnings());
    wiring.presenter().items("Blocked", view.blockers());
    if (plan.blocked()) {
      wiring.console().say("This plan cannot be carried out.");
      return ExitCode.FAILED.number();
    }
    if (plan.destroys()) {
      wiring.console().say("This plan destroys something: it asks first, or needs --yes.");
    }
    return ExitCode.DONE.number();
  }

  private static <T> void show(Printer printer, PlanView.Part<T> part) {
    if (!part.rows().isEmpty()) {
      printer.line("");
      printer.line(part.title());
      printer.list(part.sheet(), part.rows());
    }
  }

  private boolean agreed(PlanView view) {
    if (!wiring.prompt().possible()) {
      throw new InvalidInputException(
          "plan.needs-yes",
          "this plan destroys something and nobody can be asked",
          "look at it with --dry-run, then give --yes");
    }
    return wiring.prompt().confirm(view.title() + " This destroys something. Go on?");
  }
}
