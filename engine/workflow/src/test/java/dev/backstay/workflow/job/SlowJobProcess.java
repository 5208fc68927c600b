package dev.backstay.workflow.job;

import dev.backstay.catalog.Catalog;
import dev.backstay.model.EngineException;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.journal.Journals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A process of its own that runs one job, like a small back-up: it says each thing that it has
/// done on standard output and goes on when it is sent a line, so it can be killed in between.
final class SlowJobProcess {

  /// What the job does, in order.
  static final List<String> DEEDS =
      List.of(
          "step volumesnapshots",
          "creating /snapshots/a",
          "creating /snapshots/b",
          "note snapshot-time 12:00",
          "step files",
          "creating /pods/mover",
          "note packs 17",
          "removed /pods/mover",
          "step commit",
          "note restore-point point1",
          "removed /snapshots/b",
          "removed /snapshots/a");

  private SlowJobProcess() {}

  /// The data folder; and, to flood the journal until it cannot be written, `flood`.
  public static void main(String[] args) {
    Path data = Path.of(args[0]);
    boolean flood = args.length > 1;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    InstantSource clock = InstantSource.system();
    try (Journals journals = Journals.open(data.resolve("journal"), "installation", clock);
        Catalog catalog = Catalog.open(data.resolve("catalog"), clock);
        JobRunner runner = new JobRunner(journals, catalog, clock, new Random())) {
      JobHandle handle =
          runner.submit(
              FakeJob.of(context -> {
                out.println("running " + context.id());
                return flood ? flood(context) : slowly(context, in, out);
              }));
      Outcome outcome = handle.await();
      out.println(outcome instanceof Outcome.Failed f ? f.error().code() : "ended");
      pause(in);
    } catch (EngineException e) {
      out.println(e.code());
    }
  }

  private static Outcome slowly(JobContext context, BufferedReader in, PrintStream out) {
    context.log("begun");
    pause(in);
    for (String deed : DEEDS) {
      perform(context, deed);
      out.println(deed);
      pause(in);
    }
    return new Outcome.Completed("point1", List.of());
  }

  static void perform(JobContext context, String deed) {
    List<String> words = List.of(deed.split(" "));
    switch (words.getFirst()) {
      case "step" -> context.journal().step(words.get(1));
      case "creating" -> context.journal().creating(words.get(1));
      case "removed" -> context.journal().removed(words.get(1));
      default -> context.journal().note(words.get(1), words.get(2));
    }
  }

  private static Outcome flood(JobContext context) {
    for (int i = 0; i < 1_000_000; i++) {
      context.journal().note("k" + i, "x".repeat(1000));
    }
    return FakeJob.completed();
  }

  private static void pause(BufferedReader in) {
    try {
      in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Process start(Path data, List<String> shell, String... more) throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SlowJobProcess.class.getName(),
            data.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
