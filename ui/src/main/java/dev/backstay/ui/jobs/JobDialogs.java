package dev.backstay.ui.jobs;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSummary;
import java.util.Objects;
import java.util.Optional;

/// Repeats jobs and cleans up after dead ones.
public final class JobDialogs implements JobActions {

  private final Desk desk;
  private final Dialogs dialogs;

  public JobDialogs(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void again(JobSummary job) {
    String context = Objects.requireNonNullElse(job.spec().context(), "");
    Optional<OpenCluster> cluster = desk.clusters().named(context);
    if (job.spec().kind() == JobKind.BACKUP && cluster.isPresent()) {
      desk.navigator().go(new Place.BackUp(cluster.get(), BackUpRequest.repeating(job.spec())));
      return;
    }
    String id = job.spec().details().getOrDefault("point", "");
    Optional<RestorePoint> point =
        desk.points().all().stream().filter(p -> p.id().equals(id)).findFirst();
    if (job.spec().kind() == JobKind.RESTORE && point.isPresent()) {
      desk.navigator().go(new Place.Restore(point.get(), job.spec()));
      return;
    }
    dialogs.tell(Texts.of("jobs.again"), Notice.warn(Texts.of("jobs.again.gone", context)));
  }

  @Override
  public void cleanUp() {
    new CleanUpDialog(desk, dialogs).show();
  }
}
