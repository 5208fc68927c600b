package dev.backstay.ui.restore;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.lock.ContextId;
import dev.backstay.workflow.restore.RestorePlan;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The restore wizard.
public final class RestoreController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private HBox steps;
  @FXML private StackPane page;
  @FXML private Label total;
  @FXML private Button cancel;
  @FXML private Button savePlan;
  @FXML private Button back;
  @FXML private Button next;
  @FXML private Button start;

  private final RestoreViewModel model;
  private final PlanSaver saver;
  private final Node what;
  private final Node where;
  private final Node plan;

  public RestoreController(RestoreViewModel model, PlanSaver saver) {
    this.model = model;
    this.saver = saver;
    this.what = new WhatPage(model);
    this.where = new WherePage(model);
    this.plan = new PlanPage(model);
  }

  /// Saves a plan to a file; asks where.
  @FunctionalInterface
  public interface PlanSaver {
    void save(RestorePlan plan);
  }

  @FXML
  void initialize() {
    RestorePoint point = model.point();
    title.setText(title());
    summary.setText(
        Texts.of(
            "restore.of",
            point.shortId(),
            Amounts.moment(point.time()),
            Amounts.age(point.time(), model.desk().clock().instant())));
    cancel.setOnAction(_ -> model.desk().navigator().back());
    back.setOnAction(_ -> model.go(step().before()));
    next.setOnAction(_ -> model.go(step().after()));
    next.disableProperty().bind(model.nothingProperty());
    start.setOnAction(_ -> model.submit());
    start.disableProperty().bind(model.readyProperty().not());
    savePlan.setOnAction(_ -> {
      RestorePlan now = model.planProperty().get();
      if (now != null) {
        saver.save(now);
      }
    });
    savePlan.disableProperty().bind(model.planProperty().isNull());
    model.stepProperty().subscribe(this::show);
    model.planProperty().subscribe(this::total);
    model.wishProperty().subscribe(() -> total(model.planProperty().get()));
    model.nothingProperty().subscribe(() -> total(model.planProperty().get()));
    model.elsewhereProperty().subscribe(() -> total(model.planProperty().get()));
    model.namespaceProperty().subscribe(() -> total(model.planProperty().get()));
    model.clusterProperty().subscribe(() -> total(model.planProperty().get()));
  }

  private RestoreViewModel.Step step() {
    return model.stepProperty().get();
  }

  private void show(RestoreViewModel.Step step) {
    page.getChildren()
        .setAll(
            switch (step) {
              case WHAT -> what;
              case WHERE -> where;
              case PLAN -> plan;
            });
    boolean last = step == RestoreViewModel.Step.PLAN;
    toggle(back, step != RestoreViewModel.Step.WHAT);
    toggle(next, !last);
    toggle(start, last);
    toggle(savePlan, last);
    steps.getChildren().clear();
    int number = 0;
    for (RestoreViewModel.Step each : RestoreViewModel.Step.values()) {
      steps.getChildren().add(label(++number, each, step));
    }
  }

  private static Label label(int number, RestoreViewModel.Step each, RestoreViewModel.Step now) {
    String key = "restore.step." + each.name().toLowerCase(Locale.ROOT);
    Label label = new Label(number + "  " + Texts.of(key));
    label.getStyleClass().add("step");
    if (each == now) {
      label.getStyleClass().add("current");
    } else if (each.compareTo(now) < 0) {
      label.getStyleClass().add("done");
    }
    return label;
  }

  private static void toggle(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private void total(@Nullable RestorePlan now) {
    total.setText(now == null ? RestoreTotals.wished(model) : RestoreTotals.planned(now));
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("restore.title", model.point().namespace());
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return model
        .clusterProperty()
        .map(cluster -> model.desk().clusters().id(Objects.requireNonNull(cluster)));
  }

  @Override
  public void lockChanged() {
    refresh();
  }

  @Override
  public void shown() {
    refresh(); // a saved plan
  }

  @Override
  public void refresh() {
    if (step() == RestoreViewModel.Step.PLAN) {
      model.plan();
    }
  }

  @Override
  public void hidden() {
    model.close();
  }
}
