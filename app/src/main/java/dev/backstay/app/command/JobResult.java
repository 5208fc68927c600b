package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.model.Units;
import dev.backstay.workflow.job.JobHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished job on standard output.
final class JobResult {

  private JobResult() {}

  static void print(
      Printer printer,
      Console console,
      JobHandle job,
      Outcome outcome,
      Duration took,
      @Nullable Made<?> made) {
    if (printer.forPeople()) {
      printer.line(sentence(job, outcome, took));
      list(printer, made);
    } else if (printer.format() == OutputFormat.NAME) {
      String point = outcome.restorePoint();
      if (made == null) {
        printer.line(point == null ? job.id().text() : point);
      }
      list(printer, made);
    } else {
      Fields document = document(console, job, outcome, took);
      printer.document(made == null ? document : document.put(made.field(), fields(made)));
    }
  }

  private static <T> void list(Printer printer, @Nullable Made<T> made) {
    if (made != null && !made.rows().isEmpty()) {
      printer.list(made.sheet(), made.rows());
    }
  }

  private static <T> List<Fields> fields(Made<T> made) {
    return made.rows().stream().map(made.sheet().fields()).toList();
  }

  private static String sentence(JobHandle job, Outcome outcome, Duration took) {
    String point = outcome.restorePoint();
    return word(outcome)
        + (outcome instanceof Outcome.Completed && !outcome.warnings().isEmpty()
            ? " with warnings"
            : "")
        + (point == null
            ? ""
            : ": restore point " + point.substring(0, Math.min(8, point.length())))
        + " (job "
        + job.id()
        + ", "
        + Units.duration(took)
        + ")";
  }

  private static Fields document(Console console, JobHandle job, Outcome outcome, Duration took) {
    return Fields.ofKind("JobResult")
        .put("job", job.id())
        .put("outcome", word(outcome).replace(" ", ""))
        .put("restorePoint", outcome.restorePoint())
        .put("context", job.spec().context())
        .put("namespace", job.spec().namespace())
        .put("repository", job.spec().repository())
        .put("seconds", took.toMillis() / 1000.0)
        .put("bytesMoved", job.progress().bytesMoved())
        .put("failures", redacted(console, failures(outcome)))
        .put("warnings", redacted(console, outcome.warnings()))
        .put("error", error(console, outcome));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> "Completed";
      case Outcome.PartiallyFailed _ -> "Partially Failed";
      case Outcome.Failed _ -> "Failed";
      case Outcome.Cancelled _ -> "Cancelled";
    };
  }

  private static List<ItemFailure> failures(Outcome outcome) {
    return outcome instanceof Outcome.PartiallyFailed partial ? partial.failures() : List.of();
  }

  private static @Nullable Fields error(Console console, Outcome outcome) {
    if (!(outcome instanceof Outcome.Failed failed)) {
      return null;
    }
    EngineException error = failed.error();
    return new Fields()
        .put("code", error.code())
        .put("message", console.redactor().redact(String.valueOf(error.getMessage())))
        .put("remedy", error.remedy());
  }

  private static List<ItemFailure> redacted(Console console, List<ItemFailure> items) {
    return items.stream()
        .map(i ->
            new ItemFailure(i.item(), i.code(), console.redactor().redact(i.message()), i.remedy()))
        .toList();
  }
}
