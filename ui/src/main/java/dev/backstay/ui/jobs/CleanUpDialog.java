package dev.backstay.ui.jobs;

import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.ContextLabel;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.UnlockWish;
import dev.backstay.workflow.cleanup.CleanUpPlan;
import dev.backstay.workflow.cleanup.Leftover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// What dead jobs left behind, cluster by cluster, and its removal. Clusters that are not open are
/// offered to be opened.
final class CleanUpDialog {

  private static final double WIDTH = 640;

  private final Desk desk;
  private final Dialogs dialogs;
  private final VBox sections = new VBox(14);
  private final Map<OpenCluster, CleanUpPlan> plans = new LinkedHashMap<>();
  private final Map<OpenCluster, VBox> looked = new LinkedHashMap<>();
  private final List<Work> works = new ArrayList<>();
  private final Button remove;
  private boolean closed;

  CleanUpDialog(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
    this.remove = dialogs.action(Texts.of("jobs.clean-up.remove"), false, this::remove);
    remove.setDisable(true);
  }

  void show() {
    if (desk.clusters().all().isEmpty()) {
      sections.getChildren().add(Notice.info(Texts.of("jobs.clean-up.no-contexts")));
    }
    desk.clusters().all().forEach(this::add);
    ScrollPane scroll = new ScrollPane(sections);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(340);
    VBox card =
        dialogs.card(
            Texts.of("jobs.clean-up.title"),
            new VBox(12, Section.text(Texts.of("jobs.clean-up.why"), "muted"), scroll),
            dialogs.cancel(),
            remove);
    card.setPrefWidth(WIDTH);
    // unlocked, for instance: what was forbidden is not any more
    Subscription changes = desk.production().changesProperty().subscribe((_, _) -> again());
    Dialogs.onClosed(
        card,
        () -> {
          closed = true;
          changes.unsubscribe();
          works.forEach(Work::drop);
        });
    dialogs.show(card);
  }

  private void again() {
    works.forEach(Work::drop);
    plans.clear();
    remove.setDisable(true);
    looked.forEach(this::look);
  }

  private void add(OpenCluster cluster) {
    VBox found = new VBox(6);
    Section section = new Section(cluster.key().label(), found);
    if (desk.production().mark(cluster.key().name()).production()) {
      section.getChildren().add(1, new ContextLabel(desk.production(), cluster.key().name()));
    }
    found.addEventHandler(
        UnlockWish.TYPE,
        wish -> {
          if (wish.context() == null) {
            wish.consume();
            section.fireEvent(new UnlockWish(desk.clusters().id(cluster)));
          }
        });
    sections.getChildren().add(section);
    if (cluster.standing() == OpenCluster.Standing.OPEN) {
      look(cluster, found);
      return;
    }
    Button open = new Button(Texts.of("jobs.clean-up.open"), Icons.of("mdi2l-lan-connect"));
    open.setId("clean-up-open-" + cluster.key().name());
    open.setOnAction(_ -> look(cluster, found));
    found.getChildren().add(open);
  }

  private void look(OpenCluster cluster, VBox found) {
    looked.put(cluster, found);
    ProgressIndicator busy = new ProgressIndicator();
    busy.setPrefSize(24, 24);
    found.getChildren().setAll(busy);
    desk.clusters()
        .open(
            cluster,
            opened -> {
              if (!closed) {
                works.add(
                    desk.background()
                        .ask(
                            _ -> desk.engine().planCleanUp(opened.session(), ""),
                            plan -> planned(cluster, plan, found),
                            error -> found.getChildren().setAll(Notice.of(error))));
              }
            },
            error -> found.getChildren().setAll(Notice.of(error)));
  }

  private void planned(OpenCluster cluster, CleanUpPlan plan, VBox found) {
    found.getChildren().setAll(Notice.of(plan.blockers(), true).getChildren());
    found.getChildren().addAll(Notice.folded(plan.warnings()).getChildren());
    List<Leftover> dead = plan.leftovers().stream().filter(l -> !l.inUse()).toList();
    if (dead.isEmpty()) {
      found.getChildren().add(Notice.ok(Texts.of("jobs.clean-up.nothing")));
      return;
    }
    dead.forEach(l ->
        found
            .getChildren()
            .add(
                Section.text(
                    Texts.of(
                        "jobs.clean-up.leftover", l.kind(), l.namespace(), l.name(), l.job()))));
    if (!plan.blocked()) {
      plans.put(cluster, plan);
      remove.setDisable(false);
    }
  }

  private void remove() {
    dialogs.hide();
    plans
        .values()
        .forEach(plan ->
            desk.jobs()
                .submit(
                    plan,
                    _ -> {},
                    error -> dialogs.tell(Texts.of("jobs.clean-up.title"), Notice.of(error))));
  }
}
