package dev.backstay.ui.tour;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Wrapping;
import dev.backstay.ui.shell.Place;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The demo's minute: lose a file, find it, compare it, restore it. What it loses is really lost.
public final class TourPane extends VBox {

  private final Desk desk;
  private final Surroundings.DemoCluster demo;
  private final Label state = new Label();
  private final Button lose;
  private Subscription watching = Subscription.EMPTY;

  public TourPane(Desk desk, Surroundings.DemoCluster demo) {
    super(10);
    this.desk = desk;
    this.demo = demo;
    getStyleClass().add("card");
    setId("tour");
    Label heading =
        new Label(Texts.of("tour.title"), Icons.of("mdi2c-compass-outline", "icon-accent"));
    heading.getStyleClass().add("heading");
    state.setId("tour-state");
    Wrapping.of(state);
    lose = button("lose", "mdi2d-delete-outline", this::lose);
    HBox row =
        new HBox(
            8,
            step("1", button("look", "mdi2c-cube-outline", this::look)),
            step("2", lose),
            step("3", button("find", "mdi2f-file-find-outline", this::find)),
            step("4", button("compare", "mdi2f-file-compare", this::compare)),
            step("5", button("restore", "mdi2b-backup-restore", this::restore)));
    row.setAlignment(Pos.CENTER_LEFT);
    Label text = new Label(Texts.of("tour.text", demo.namespace(), demo.pvc(), demo.file()));
    Wrapping.of(text);
    text.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(heading, text, row, state);
    sceneProperty().subscribe(this::watch);
  }

  /// As long as it is on the page that is shown: what outlives pages must not hold them.
  private void watch(@Nullable Scene scene) {
    watching.unsubscribe();
    watching =
        scene == null ? Subscription.EMPTY : desk.jobs().lastProperty().subscribe(_ -> ask());
  }

  private static Node step(String number, Button button) {
    HBox.setHgrow(button, Priority.ALWAYS);
    button.setText(number + ". " + button.getText());
    button.setMaxWidth(Double.MAX_VALUE);
    return button;
  }

  private static Button button(String what, String icon, Runnable run) {
    Button button = new Button(Texts.of("tour." + what), Icons.of(icon));
    button.setId("tour-" + what);
    button.setOnAction(_ -> run.run());
    return button;
  }

  private void look() {
    desk.clusters()
        .named(demo.context())
        .ifPresent(cluster -> desk.navigator().go(new Place.Namespace(cluster, demo.namespace())));
  }

  private void lose() {
    var _ =
        desk.background()
            .ask(
                _ -> {
                  demo.loseFile();
                  return true;
                },
                _ -> ask(),
                error -> state.setText(String.valueOf(error.getMessage())));
  }

  /// Asks whether the file is there.
  private void ask() {
    var _ =
        desk.background()
            .ask(
                _ -> demo.hasFile(),
                there -> {
                  state.setText(
                      Texts.of(there ? "tour.there" : "tour.gone", demo.file(), demo.pvc()));
                  state.setGraphic(
                      there
                          ? Icons.of("mdi2c-check-circle-outline", "icon-ok")
                          : Icons.of("mdi2a-alert-outline", "icon-warn"));
                  lose.setDisable(!there);
                },
                _ -> {});
  }

  private void find() {
    newest()
        .ifPresent(point ->
            desk.navigator()
                .go(new Place.Browse(point, "/volumes/" + demo.pvc() + "/" + demo.file())));
  }

  /// What has changed in the volume since: the file's folder beside an earlier restore point.
  private void compare() {
    newest()
        .ifPresent(point ->
            desk.navigator()
                .go(new Place.Browse(point, "/volumes/" + demo.pvc(), Place.Browse.Look.COMPARE)));
  }

  private void restore() {
    newest()
        .ifPresent(point ->
            desk.navigator()
                .go(new Place.Restore(point, List.of("pvc/" + demo.pvc() + ":" + demo.file()))));
  }

  private Optional<RestorePoint> newest() {
    return desk.points().all().stream()
        .filter(p -> p.namespace().equals(demo.namespace()) && !p.selective())
        .findFirst();
  }
}
