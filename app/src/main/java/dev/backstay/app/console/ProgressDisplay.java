package dev.backstay.app.console;

import dev.backstay.model.Units;
import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobState;
import java.time.Duration;

/// Shows progress on standard error: one live line on a terminal, else a plain line now and then.
public abstract sealed class ProgressDisplay implements AutoCloseable {

  public static ProgressDisplay on(Console console) {
    return console.terminal().err() ? new Live(console) : new Plain(console);
  }

  /// Called a few times a second.
  public abstract void show(JobProgress progress);

  /// Leaves the terminal as other output expects it.
  @Override
  public void close() {}

  /// `files 12,345/20,000 1.2/3.4 GiB 56 MiB/s ETA 42s`.
  static String describe(JobProgress p) {
    StringBuilder text = new StringBuilder();
    if (p.state() == JobState.CANCELLING) {
      text.append("cancelling: ");
    }
    text.append(p.phase());
    if (p.itemsDone() > 0 || p.itemsTotal() > 0) {
      text.append("  ").append(Units.count(p.itemsDone()));
      text.append(p.itemsTotal() >= 0 ? "/" + Units.count(p.itemsTotal()) : "").append(" items");
    }
    if (p.bytesDone() > 0 || p.bytesTotal() > 0) {
      text.append("  ").append(Units.bytes(p.bytesDone()));
      text.append(p.bytesTotal() >= 0 ? " of " + Units.bytes(p.bytesTotal()) : "");
      text.append("  ").append(Units.bytes(p.currentRate())).append("/s");
    }
    Duration remaining = p.remaining();
    if (remaining != null) {
      text.append("  ETA ").append(Units.duration(remaining));
    }
    return text.toString();
  }

  private static final class Live extends ProgressDisplay {

    private final Console console;
    private boolean drawn;

    Live(Console console) {
      this.console = console;
    }

    @Override
    public void show(JobProgress progress) {
      String line = Text.printable(describe(progress)) + "  " + Units.duration(progress.elapsed());
      console.drawLive(Text.fit(line, console.terminal().columns() - 1));
      drawn = true;
    }

    @Override
    public void close() {
      if (drawn) {
        console.drawLive("");
      }
    }
  }

  private static final class Plain extends ProgressDisplay {

    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Console console;
    private String phase = "";
    private Duration said = Duration.ZERO;

    Plain(Console console) {
      this.console = console;
    }

    @Override
    public void show(JobProgress progress) {
      boolean due = progress.elapsed().minus(said).compareTo(QUIET) >= 0;
      if (due || !progress.phase().equals(phase)) {
        console.say(describe(progress));
        phase = progress.phase();
        said = progress.elapsed();
      }
    }
  }
}
