package dev.backstay.workflow.job;

import dev.backstay.catalog.JobEnd;
import dev.backstay.catalog.JobRow;
import dev.backstay.workflow.journal.JournalView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lines of the list of jobs, made of what the journals and the history say.
final class Summaries {

  private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

  private Summaries() {}

  /// A job of this process.
  static JobSummary live(JournalView view, JobState state, @Nullable Instant started) {
    JobStanding standing =
        switch (state) {
          case QUEUED -> JobStanding.QUEUED;
          case RUNNING, ENDED -> JobStanding.RUNNING;
          case CANCELLING -> JobStanding.CANCELLING;
        };
    JobStanding shown = view.end() == null ? standing : ended(History.end(view.end()));
    return of(view, shown, true, started);
  }

  /// A job that has a journal and is not of this process.
  static JobSummary elsewhere(JournalView view, @Nullable Instant started) {
    JobStanding standing =
        view.end() != null
            ? ended(History.end(view.end()))
            : view.alive() ? JobStanding.RUNNING : JobStanding.INTERRUPTED;
    return of(view, standing, false, started);
  }

  private static JobSummary of(
      JournalView view, JobStanding standing, boolean here, @Nullable Instant started) {
    boolean over = view.end() != null || !view.alive();
    return of(
        view.job(),
        view.spec(),
        standing,
        here,
        view.owner().pid(),
        new Times(view.begun(), started, over ? view.last() : null),
        view.end() == null ? null : History.end(view.end()),
        view.lastStep(),
        view.leftovers());
  }

  /// A job of the history that has no journal any more. Empty if this program does not know its
  /// kind.
  static Optional<JobSummary> past(JobRow row) {
    try {
      JobSpec spec =
          new JobSpec(
              JobKind.valueOf(row.kind()),
              row.context(),
              row.clusterId(),
              row.namespace(),
              row.repository(),
              row.details());
      JobEnd end = row.end();
      return Optional.of(
          of(
              new JobId(row.id()),
              spec,
              end == null ? JobStanding.INTERRUPTED : ended(end),
              false,
              0,
              new Times(row.submitted(), row.started(), row.ended()),
              end,
              null,
              List.of()));
    } catch (IllegalArgumentException e) {
      LOG.debug("job {} of the history passed over", row.id(), e);
      return Optional.empty();
    }
  }

  private record Times(Instant submitted, @Nullable Instant started, @Nullable Instant ended) {}

  private static JobSummary of(
      JobId id,
      JobSpec spec,
      JobStanding standing,
      boolean here,
      long pid,
      Times times,
      @Nullable JobEnd end,
      @Nullable String lastStep,
      List<String> leftovers) {
    return new JobSummary(
        id,
        spec,
        standing,
        here,
        pid,
        times.submitted(),
        times.started(),
        times.ended(),
        lastStep,
        end == null ? null : end.restorePoint(),
        end == null ? null : end.error(),
        end == null ? List.of() : end.failures(),
        end == null ? List.of() : end.warnings(),
        leftovers);
  }

  private static JobStanding ended(JobEnd end) {
    return switch (end.outcome()) {
      case "COMPLETED" ->
          end.warnings().isEmpty() ? JobStanding.COMPLETED : JobStanding.COMPLETED_WITH_WARNINGS;
      case "PARTIALLY_FAILED" -> JobStanding.PARTIALLY_FAILED;
      case "CANCELLED" -> JobStanding.CANCELLED;
      default -> JobStanding.FAILED;
    };
  }
}
