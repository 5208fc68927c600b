package dev.backstay.app.command;

import dev.backstay.app.console.Text;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Units;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.job.JobLine;
import dev.backstay.workflow.job.JobSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backstay jobs`.
@Command(
    name = "jobs",
    description = "List the jobs of this machine, running and past, or show one with its log.")
final class JobsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "JOB",
      arity = "0..1",
      description = "The beginning of a job's id: show this one with its log.")
  String job = "";

  private final Wiring wiring;
  private final Access access;

  JobsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (Engine engine = access.engine()) {
      engine.tidy();
      Sheet<JobSummary> sheet = sheet(wiring.clock().instant());
      Printer printer = new Printer(wiring.console(), output.format);
      if (job.isEmpty()) {
        printer.list(sheet, engine.jobs());
      } else {
        show(printer, sheet, engine, find(engine.jobs()));
      }
      return 0;
    }
  }

  private JobSummary find(List<JobSummary> jobs) {
    List<JobSummary> found = jobs.stream().filter(j -> j.id().text().startsWith(job)).toList();
    if (found.isEmpty()) {
      throw new NotFoundException(
          "jobs.none", "there is no job '" + job + "'", "list them with 'backstay jobs'");
    }
    if (found.size() > 1) {
      throw new InvalidInputException(
          "jobs.ambiguous",
          found.size() + " jobs have an id that begins with '" + job + "'",
          "give more characters of the id");
    }
    return found.getFirst();
  }

  private void show(Printer printer, Sheet<JobSummary> sheet, Engine engine, JobSummary one) {
    List<JobLine> log = engine.jobLog(one.id());
    if (!printer.forPeople()) {
      printer.one(logged(sheet, log), one);
      return;
    }
    printer.one(sheet, one);
    printer.line("");
    log.forEach(line ->
        printer.line(
            line.time().truncatedTo(ChronoUnit.MILLIS) + "  " + Text.printable(line.text())));
    if (one.error() != null) {
      wiring.presenter().items("Error", List.of(one.error()));
    }
    wiring.presenter().items("Failed", one.failures());
    wiring.presenter().items("Warning", one.warnings());
  }

  private static Sheet<JobSummary> logged(Sheet<JobSummary> sheet, List<JobLine> log) {
    return new Sheet<>(
        sheet.kind(),
        sheet.columns(),
        one ->
            fields(one)
                .put(
                    "log",
                    log.stream()
                        .map(l -> new Fields().put("time", l.time()).put("text", l.text()))
                        .toList()),
        sheet.name());
  }

  private static Sheet<JobSummary> sheet(Instant now) {
    return new Sheet<>(
        "Job",
        List.of(
            Column.of("JOB", j -> j.id().text()),
            Column.of("KIND", j -> word(j.spec().kind())),
            Column.of("CONTEXT", j -> text(j.spec().context())),
            Column.of("NAMESPACE", j -> text(j.spec().namespace())),
            Column.of("STATE", j -> word(j.standing())),
            Column.of("AGE", j -> Sheets.age(j.submitted(), now)),
            Column.of("TOOK", JobsCommand::took),
            Column.of("RESTORE POINT", j -> shortened(text(j.restorePoint()))),
            Column.amount("LEFT BEHIND", j -> left(j)),
            Column.wide("PROCESS", j -> j.pid() == 0 ? "" : String.valueOf(j.pid())),
            Column.wide("LAST STEP", j -> text(j.lastStep())),
            Column.wide("ERROR", j -> j.error() == null ? "" : j.error().message()),
            Column.wide("REPOSITORY", j -> text(j.spec().repository()))),
        JobsCommand::fields,
        j -> j.id().text());
  }

  private static String left(JobSummary job) {
    return job.leftovers().isEmpty() ? "" : String.valueOf(job.leftovers().size());
  }

  private static String took(JobSummary job) {
    Instant started = job.started();
    Instant ended = job.ended();
    return started == null || ended == null ? "" : Units.duration(Duration.between(started, ended));
  }

  private static Fields fields(JobSummary job) {
    return new Fields()
        .put("job", job.id())
        .put("jobKind", word(job.spec().kind()))
        .put("context", job.spec().context())
        .put("namespace", job.spec().namespace())
        .put("repository", job.spec().repository())
        .put("state", word(job.standing()))
        .put("process", job.pid() == 0 ? null : job.pid())
        .put("submitted", job.submitted())
        .put("started", job.started())
        .put("ended", job.ended())
        .put("lastStep", job.lastStep())
        .put("restorePoint", job.restorePoint())
        .put("error", job.error())
        .put("failures", job.failures())
        .put("warnings", job.warnings())
        .put("leftBehind", job.leftovers());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(8, id.length()));
  }
}
