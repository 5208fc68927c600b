package dev.backstay.ui.backup;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.lock.ContextId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The plan of a backup, before anything is done.
public final class BackUpController implements Screen {

  private static final Duration TYPING = Duration.millis(600);

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private CheckBox volumes;
  @FXML private CheckBox force;
  @FXML private TextField selector;
  @FXML private StatePane state;
  @FXML private VBox parts;
  @FXML private Label total;
  @FXML private Button cancel;
  @FXML private Button start;

  private final Desk desk;
  private final BackUpViewModel model;

  public BackUpController(Desk desk, BackUpViewModel model) {
    this.desk = desk;
    this.model = model;
  }

  @FXML
  void initialize() {
    title.setText(title());
    summary.setText(summary());
    selector.setText(model.selector());
    PauseTransition pause = new PauseTransition(TYPING);
    pause.setOnFinished(_ -> model.select(selector.getText()));
    selector.textProperty().subscribe((_, _) -> pause.playFromStart());
    selector.setOnAction(_ -> model.select(selector.getText()));
    volumes.selectedProperty().bindBidirectional(model.volumesProperty());
    force.selectedProperty().bindBidirectional(model.forceProperty());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::plan);
    start.disableProperty().bind(model.readyProperty().not());
    start.setOnAction(_ -> model.submit());
    cancel.setOnAction(_ -> desk.navigator().back());
    model.planProperty().subscribe(this::show);
    model.planningProperty().subscribe(() -> total());
    model.loadProperty().subscribe((_, _) -> total());
  }

  private String summary() {
    String context = model.cluster().key().label();
    List<String> only = new ArrayList<>(new TreeSet<>(model.begin().onlyKinds()));
    only.addAll(model.begin().onlyPvcs());
    return only.isEmpty()
        ? Texts.of("backup.all", context)
        : Texts.of("backup.some", String.join(", ", only), context);
  }

  private void show(@Nullable BackUpPlan plan) {
    if (plan != null) {
      Node focused = parts.getScene() == null ? null : parts.getScene().getFocusOwner();
      parts.getChildren().setAll(new PlanParts(model).of(plan));
      // who left something out with the keyboard is still there
      if (focused != null && focused.getId() != null) {
        Node same = parts.lookup("#" + focused.getId().replace(".", "\\."));
        if (same != null) {
          same.requestFocus();
        }
      }
      total();
    }
  }

  private void total() {
    BackUpPlan plan = model.planProperty().get();
    if (model.loadProperty().get() instanceof Load.Failed) {
      total.setText("");
    } else if (plan != null) {
      total.setText(
          model.planningProperty().get() ? Texts.of("backup.planning") : PlanParts.total(plan));
    }
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("backup.title", model.namespace());
  }

  @Override
  public void shown() {
    model.plan();
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(model.cluster()));
  }

  @Override
  public void lockChanged() {
    refresh();
  }

  @Override
  public void refresh() {
    model.plan();
  }

  @Override
  public void hidden() {
    model.close();
  }
}
