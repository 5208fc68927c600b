package dev.backstay.ui.snapshot;

import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.SnapshotActions;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.volumesnapshot.DeletePlan;
import dev.backstay.workflow.volumesnapshot.DeleteRequest;
import dev.backstay.workflow.volumesnapshot.Grouping;
import dev.backstay.workflow.volumesnapshot.NewClaimPlan;
import dev.backstay.workflow.volumesnapshot.NewClaimRequest;
import dev.backstay.workflow.volumesnapshot.Patience;
import dev.backstay.workflow.volumesnapshot.TakePlan;
import dev.backstay.workflow.volumesnapshot.TakeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// Takes VolumeSnapshots, makes PVCs of them and deletes them: each shows its plan first.
public final class SnapshotDialogs implements SnapshotActions {

  private final Desk desk;
  private final Dialogs dialogs;

  public SnapshotDialogs(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void take(OpenCluster cluster, String namespace, List<String> pvcs) {
    TakeRequest request =
        new TakeRequest(namespace, pvcs, Grouping.AUTOMATIC, "", "", "", Patience.DEFAULT);
    plan(
        cluster,
        Texts.of("snapshot.take.title", namespace),
        Texts.of("snapshot.take.action"),
        session -> desk.engine().plan(request, session),
        SnapshotDialogs::shown);
  }

  @Override
  public void makePvc(OpenCluster cluster, VolumeSnapshotInfo snapshot) {
    String begin = snapshot.pvc().isEmpty() ? snapshot.name() : snapshot.pvc() + "-copy";
    dialogs.text(
        Texts.of("snapshot.make-pvc.title", snapshot.name()),
        Texts.of("snapshot.make-pvc.why"),
        begin,
        Texts.of("wizard.next"),
        name -> makePvc(cluster, snapshot, name));
  }

  private void makePvc(OpenCluster cluster, VolumeSnapshotInfo snapshot, String name) {
    NewClaimRequest request =
        new NewClaimRequest(snapshot.namespace(), snapshot.name(), name, "", "", Patience.DEFAULT);
    plan(
        cluster,
        Texts.of("snapshot.make-pvc.title", snapshot.name()),
        Texts.of("snapshot.make-pvc"),
        session -> desk.engine().plan(request, session),
        SnapshotDialogs::shown);
  }

  @Override
  public void delete(OpenCluster cluster, VolumeSnapshotInfo snapshot) {
    DeleteRequest request =
        new DeleteRequest(snapshot.namespace(), List.of(snapshot.name()), Patience.DEFAULT);
    plan(
        cluster,
        Texts.of("snapshot.delete.title", snapshot.name()),
        Texts.of("snapshot.delete"),
        session -> desk.engine().plan(request, session),
        SnapshotDialogs::shown);
  }

  /// Makes the plan, shows it, and carries it out when the user agrees.
  private <P extends Plan> void plan(
      OpenCluster cluster,
      String title,
      String action,
      Function<ClusterSession, P> planning,
      Function<P, List<Node>> shown) {
    VBox body = new VBox(10, new ProgressIndicator(), Section.text(Texts.of("backup.planning")));
    dialogs.show(dialogs.card(title, body, dialogs.cancel()));
    desk.clusters()
        .open(
            cluster,
            opened -> {
              Background.Question<P> question = _ -> planning.apply(opened.session());
              var _ =
                  desk.background()
                      .ask(
                          question,
                          plan -> agree(title, action, plan, shown.apply(plan)),
                          error -> failed(title, error));
            });
  }

  private void agree(String title, String action, Plan plan, List<Node> parts) {
    VBox body = new VBox(10);
    body.getChildren().addAll(parts);
    ScrollPane scroll = new ScrollPane(body);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(300);
    if (plan.blocked()) {
      dialogs.show(dialogs.card(title, scroll, dialogs.cancel()));
      return;
    }
    dialogs.confirm(
        title,
        scroll,
        action,
        plan.destroys(),
        () -> desk.jobs().submit(plan, _ -> {}, error -> failed(title, error)));
  }

  private void failed(String title, EngineException error) {
    dialogs.tell(title, Notice.of(error));
  }

  private static List<Node> shown(TakePlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    parts.add(Section.text(plan.grouping(), "muted"));
    plan.items()
        .forEach(item ->
            parts.add(
                new Section(
                    item.pvc().name(),
                    new Facts()
                        .add("snapshot.name", item.name())
                        .add("details.snapshot-class", item.snapshotClass())
                        .add("snapshot.reason", item.reason())
                        .add("details.policy", item.deletionPolicy()))));
    return parts;
  }

  private static List<Node> shown(NewClaimPlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    parts.add(
        new Facts()
            .add("details.pvc", plan.claim().name())
            .add("details.class", plan.claim().storageClass())
            .add("snapshot.reason", plan.claim().reason())
            .add("details.bytes", Amounts.bytes(plan.claim().bytes()))
            .add("snapshot.modes", String.join(", ", plan.claim().accessModes())));
    if (plan.claim().waitsForPod()) {
      parts.add(Notice.info(Texts.of("snapshot.waits")));
    }
    return parts;
  }

  private static List<Node> shown(DeletePlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    plan.items()
        .forEach(item ->
            parts.add(
                new Section(
                    item.snapshot().name(), Notice.bad(StatePane.sentence(item.effect())))));
    plan.groups().forEach(group -> parts.add(Section.text(group)));
    return parts;
  }

  private static List<Node> common(
      List<ItemFailure> blockers, List<ItemFailure> warnings, List<String> missing) {
    List<Node> parts = new ArrayList<>();
    parts.addAll(Notice.of(blockers, true).getChildren());
    if (!missing.isEmpty()) {
      parts.add(Notice.warn(Texts.of("backup.rights.why") + "\n" + String.join("\n", missing)));
    }
    parts.addAll(Notice.of(warnings, false).getChildren());
    return parts;
  }
}
