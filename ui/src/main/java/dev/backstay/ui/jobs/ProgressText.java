package dev.backstay.ui.jobs;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A job's progress in words.
public final class ProgressText {

  private ProgressText() {}

  /// Between 0 and 1, or -1 while the total is unknown.
  public static double share(JobProgress progress) {
    if (progress.bytesTotal() > 0) {
      return Math.min(1, (double) progress.bytesDone() / progress.bytesTotal());
    }
    return progress.itemsTotal() > 0
        ? Math.min(1, (double) progress.itemsDone() / progress.itemsTotal())
        : -1;
  }

  /// `Backup of shop`
  public static String title(JobSpec spec) {
    String kind = Texts.of("job.kind." + spec.kind().name().toLowerCase(Locale.ROOT));
    String namespace = spec.namespace();
    return namespace == null || namespace.isEmpty() ? kind : Texts.of("job.title", kind, namespace);
  }

  /// What it does now.
  public static String phase(JobProgress progress) {
    return progress.phase().isEmpty() ? Texts.of("job.starting") : progress.phase();
  }

  /// `1,204 of 20,000 items`
  public static String items(JobProgress progress) {
    return progress.itemsTotal() < 0
        ? Amounts.count(progress.itemsDone())
        : Texts.of(
            "job.of", Amounts.count(progress.itemsDone()), Amounts.count(progress.itemsTotal()));
  }

  public static String bytes(JobProgress progress) {
    return progress.bytesTotal() < 0
        ? Amounts.bytes(progress.bytesDone())
        : Texts.of(
            "job.of", Amounts.bytes(progress.bytesDone()), Amounts.bytes(progress.bytesTotal()));
  }

  /// `12 MiB/s now, 10 MiB/s on average`
  public static String rates(JobProgress progress) {
    return Texts.of(
        "job.rates", Amounts.rate(progress.currentRate()), Amounts.rate(progress.meanRate()));
  }

  public static String remaining(JobProgress progress) {
    Duration left = progress.remaining();
    return left == null ? Texts.of("job.eta.unknown") : Amounts.duration(left);
  }

  /// All in one line, for the status bar.
  public static String line(JobProgress progress) {
    List<String> parts = new ArrayList<>();
    parts.add(phase(progress));
    if (progress.bytesDone() > 0) {
      parts.add(bytes(progress));
      parts.add(Amounts.rate(progress.currentRate()));
    } else if (progress.itemsDone() > 0) {
      parts.add(items(progress));
    }
    if (progress.remaining() != null) {
      parts.add(Texts.of("job.left", remaining(progress)));
    }
    return String.join("  ·  ", parts);
  }
}
