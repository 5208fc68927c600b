package dev.backstay.ui.jobs;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cleanup.CleanUpPlan;
import dev.backstay.workflow.cleanup.Leftover;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;

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
      List<String> only = list(job.spec().details().getOrDefault("only", ""));
      desk.navigator().go(new Place.Restore(point.get(), only, job.spec()));
      return;
    }
    dialogs.tell(Texts.of("jobs.again"), Notice.warn(Texts.of("jobs.again.gone", context)));
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).filter(s -> !s.isEmpty()).toList();
  }

  @Override
  public void cleanUp() {
    List<OpenCluster> open =
        desk.clusters().all().stream()
            .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
            .toList();
    if (open.isEmpty()) {
      dialogs.tell(Texts.of("jobs.clean-up"), Notice.info(Texts.of("jobs.clean-up.closed")));
      return;
    }
    open.forEach(this::cleanUp);
  }

  private void cleanUp(OpenCluster cluster) {
    String title = Texts.of("jobs.clean-up.title", cluster.key().label());
    dialogs.show(dialogs.card(title, new ProgressIndicator(), dialogs.cancel()));
    var session = cluster.opened().session();
    var _ =
        desk.background()
            .ask(
                _ -> desk.engine().planCleanUp(session, ""),
                plan -> show(title, plan),
                error ->
                    dialogs.tell(
                        title, Notice.bad(StatePane.sentence(String.valueOf(error.getMessage())))));
  }

  private void show(String title, CleanUpPlan plan) {
    VBox body = new VBox(8);
    body.getChildren().addAll(Notice.of(plan.warnings(), false).getChildren());
    List<Leftover> dead = plan.leftovers().stream().filter(l -> !l.inUse()).toList();
    if (dead.isEmpty()) {
      body.getChildren().add(Notice.ok(Texts.of("jobs.clean-up.nothing")));
      dialogs.tell(title, body);
      return;
    }
    dead.forEach(leftover -> body.getChildren().add(line(leftover)));
    dialogs.confirm(
        title,
        body,
        Texts.of("jobs.clean-up.remove"),
        false,
        () -> desk.jobs().submit(plan, _ -> {}, _ -> {}));
  }

  private static Node line(Leftover leftover) {
    return Section.text(
        leftover.kind()
            + "  "
            + leftover.namespace()
            + "/"
            + leftover.name()
            + "  ("
            + leftover.job()
            + ")");
  }
}
