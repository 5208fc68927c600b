package dev.backstay.ui.snapshot;

import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.cluster.ClusterSession;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Choices and the plan that they make, in one dialog: the plan is made again whenever a choice
/// changes, and only the plan that is shown can be carried out.
final class PlanDialog<P extends Plan> {

  private static final Duration TYPING = Duration.millis(400);
  private static final double WIDTH = 600;

  private final Desk desk;
  private final Dialogs dialogs;
  private final OpenCluster cluster;
  private final String title;
  private final Supplier<Function<ClusterSession, P>> planning;
  private final Function<P, List<Node>> shown;
  private final VBox parts = new VBox(10);
  private final ObjectProperty<@Nullable P> plan = new SimpleObjectProperty<>();
  private final PauseTransition pause = new PauseTransition(TYPING);
  private Work work = Work.NONE;
  private int turn;

  /// @param planning the request as the choices are now, asked for on the FX thread; what it gives
  ///   is called off it
  PlanDialog(
      Desk desk,
      Dialogs dialogs,
      OpenCluster cluster,
      String title,
      Supplier<Function<ClusterSession, P>> planning,
      Function<P, List<Node>> shown) {
    this.desk = desk;
    this.dialogs = dialogs;
    this.cluster = cluster;
    this.title = title;
    this.planning = planning;
    this.shown = shown;
    pause.setOnFinished(_ -> plan());
  }

  /// Opens the dialog and makes the first plan.
  ///
  /// @param action the word of the button that carries the plan out
  /// @param danger whether that destroys something
  void show(String action, boolean danger, Node... choices) {
    parts.setId("dialog-plan");
    ScrollPane scroll = new ScrollPane(parts);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(280);
    VBox body = new VBox(12);
    body.getChildren().addAll(choices);
    body.getChildren().add(scroll);
    Button go = dialogs.action(action, danger, this::submit);
    go.disableProperty().bind(plan.map(Plan::blocked).orElse(true));
    VBox card = dialogs.card(title, body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    // unlocked, for instance: it is another plan now
    Subscription changes = desk.production().changesProperty().subscribe((_, _) -> plan());
    Dialogs.onClosed(
        card,
        () -> {
          changes.unsubscribe();
          close();
        });
    dialogs.show(card);
    plan();
  }

  /// A choice has changed.
  void changed() {
    work.drop();
    turn++;
    plan.set(null);
    pause.playFromStart();
  }

  private void plan() {
    work.drop();
    plan.set(null);
    parts.getChildren().setAll(Section.text(Texts.of("backup.planning"), "muted"));
    int mine = ++turn;
    Function<ClusterSession, P> asked = planning.get();
    desk.clusters()
        .open(
            cluster,
            opened -> {
              if (mine == turn) {
                work =
                    desk.background()
                        .ask(_ -> asked.apply(opened.session()), this::planned, this::failed);
              }
            },
            error -> {
              if (mine == turn) {
                failed(error);
              }
            });
  }

  private void planned(P fresh) {
    parts.getChildren().setAll(shown.apply(fresh));
    plan.set(fresh);
  }

  private void failed(EngineException error) {
    parts.getChildren().setAll(Notice.of(error));
  }

  private void submit() {
    P now = plan.get();
    if (now != null && !now.blocked()) {
      dialogs.hide();
      desk.jobs().submit(now, _ -> {}, error -> dialogs.tell(title, Notice.of(error)));
    }
  }

  /// Whoever has closed the dialog does not want to hear of the plan.
  private void close() {
    pause.stop();
    work.drop();
    turn++;
  }
}
