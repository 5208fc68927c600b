package dev.backstay.ui.backup;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.backup.BackUpPlan;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The plan of a backup, before anything is done.
public final class BackUpController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private CheckBox volumes;
  @FXML private CheckBox force;
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
    summary.setText(
        model.pvcs().isEmpty()
            ? Texts.of("backup.all", model.cluster().key().label())
            : Texts.of(
                "backup.some", String.join(", ", model.pvcs()), model.cluster().key().label()));
    volumes.selectedProperty().bindBidirectional(model.volumesProperty());
    force.selectedProperty().bindBidirectional(model.forceProperty());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::plan);
    start.disableProperty().bind(model.readyProperty().not());
    start.setOnAction(_ -> model.submit());
    cancel.setOnAction(_ -> desk.navigator().back());
    model.planProperty().subscribe(this::show);
  }

  private void show(@Nullable BackUpPlan plan) {
    if (plan != null) {
      parts.getChildren().setAll(PlanParts.of(plan));
      total.setText(PlanParts.total(plan));
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
  public void refresh() {
    model.plan();
  }

  @Override
  public void hidden() {
    model.close();
  }
}
