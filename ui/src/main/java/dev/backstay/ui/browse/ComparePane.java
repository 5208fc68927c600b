package dev.backstay.ui.browse;

import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.DiffView;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.part.Wrapping;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The chosen file, manifest or folder in two restore points, or in one and in the cluster: the
/// older at the left, the newer at the right. A line of a folder's comparison opens in its place.
final class ComparePane extends BorderPane {

  private final Desk desk;
  private final BrowseViewModel model;
  private final SaveFiles saving;
  private final CompareSides sides;
  private final CheckBox noise = new CheckBox(Texts.of("compare.noise"));
  private final Button json = new Button(Texts.of("compare.json"), Icons.of("mdi2c-code-json"));
  private final Button back = new Button(Texts.of("compare.back"), Icons.of("mdi2a-arrow-left"));
  private final Button open = new Button(Texts.of("compare.open"));
  private final Label inside = new Label();
  private final HBox drilled = new HBox(8, back, inside, open);
  private final Label note = new Label();
  private final StackPane content = new StackPane();
  private final StatePane state = new StatePane(content);
  private final DiffView diff = new DiffView();
  private final ChangeTable changes = new ChangeTable(this::drill);

  /// What was chosen in the browser.
  private String chosen = "/";

  /// What is compared of it: itself, or a line of its table.
  private String compared = "/";

  private Compared.@Nullable Changes listed;
  private Work work = Work.NONE;

  ComparePane(Desk desk, BrowseViewModel model, SaveFiles saving) {
    this.desk = desk;
    this.model = model;
    this.saving = saving;
    this.sides = new CompareSides(model);
    noise.setId("compare-noise");
    noise.setTooltip(new Tooltip(Texts.of("compare.noise.why")));
    json.setId("compare-json");
    json.getStyleClass().add("small");
    note.getStyleClass().add("caption");
    Wrapping.of(note);
    note.setId("compare-note");
    note.setStyle("-fx-padding: 6 4 6 4;");
    setTop(new VBox(bar(), drilledBar()));
    setCenter(state);
    setBottom(note);
    state.setRetry(this::compare);
    sides.onChange(this::compare);
    noise.selectedProperty().subscribe((_, _) -> compare());
    json.setOnAction(_ -> save());
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
  }

  private Node bar() {
    GridPane bar = new GridPane(8, 6);
    ColumnConstraints words = new ColumnConstraints();
    words.setMinWidth(USE_PREF_SIZE);
    ColumnConstraints boxes = new ColumnConstraints(120, 240, Double.MAX_VALUE);
    boxes.setHgrow(Priority.ALWAYS);
    bar.getColumnConstraints().addAll(words, boxes, words);
    bar.addRow(0, new Label(Texts.of("compare.of")), sides.base(), noise);
    bar.addRow(1, new Label(Texts.of("compare.with")), sides.other(), json);
    json.setMinWidth(USE_PREF_SIZE);
    noise.setMinWidth(USE_PREF_SIZE);
    bar.setStyle("-fx-padding: 8 4 6 4;");
    return bar;
  }

  private Node drilledBar() {
    back.setId("compare-back");
    back.getStyleClass().add("small");
    back.setOnAction(_ -> leave());
    open.setId("compare-open");
    open.getStyleClass().add("small");
    open.setOnAction(_ -> model.reveal(compared));
    inside.getStyleClass().add("strong");
    inside.setId("compare-inside");
    inside.setMinWidth(40);
    inside.setMaxWidth(Double.MAX_VALUE);
    inside.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    HBox.setHgrow(inside, Priority.ALWAYS);
    for (Button button : List.of(back, open)) {
      button.setMinWidth(USE_PREF_SIZE);
    }
    drilled.setAlignment(Pos.CENTER_LEFT);
    drilled.setStyle("-fx-padding: 0 4 6 4;");
    showDrilled(false);
    return drilled;
  }

  private void showDrilled(boolean shown) {
    drilled.setVisible(shown);
    drilled.setManaged(shown);
  }

  /// Compares the shown restore point with that one from now on.
  void with(RestorePoint point) {
    sides.choose(null, point);
  }

  /// Compares two restore points from now on, whichever is shown.
  void between(RestorePoint one, RestorePoint another) {
    sides.choose(one, another);
  }

  /// @param path what is chosen in the browser, also if this restore point does not hold it
  void show(String path) {
    chosen = path;
    boolean manifest = path.equals("/manifests") || path.startsWith("/manifests/");
    noise.setVisible(manifest);
    noise.setManaged(manifest);
    sides.offer(manifest);
    leave();
  }

  private void pressed(KeyEvent event) {
    boolean up = event.getCode() == KeyCode.BACK_SPACE || event.getCode() == KeyCode.ESCAPE;
    if (up && drilled.isVisible()) {
      leave();
      event.consume();
    }
  }

  /// Into one line of the table; what is listed stays for the way back.
  private void drill(String path) {
    showDrilled(true);
    compared = path;
    inside.setText(path.substring(chosen.length() <= 1 ? 1 : chosen.length() + 1));
    ask(path);
    back.requestFocus();
  }

  private void leave() {
    boolean was = drilled.isVisible();
    showDrilled(false);
    Compared.Changes before = listed;
    if (was && before != null && !compared.equals(chosen)) {
      compared = chosen;
      work.drop();
      put(before);
      changes.requestFocus();
    } else {
      compare();
    }
  }

  private void compare() {
    listed = null;
    showDrilled(false);
    compared = chosen;
    ask(chosen);
  }

  private void ask(String path) {
    work.drop();
    note.setText("");
    json.setDisable(sides.none());
    if (sides.none()) {
      tell(new Load.Empty(Texts.of("compare.nothing"), Texts.of("compare.nothing.why")));
      return;
    }
    tell(new Load.Loading(Texts.of("compare.loading")));
    boolean all = noise.isSelected();
    if (sides.live()) {
      RestorePoint point = sides.before();
      withCluster((session, cluster) ->
          ask(cancel ->
              new LiveComparer(session, cluster.session(), point, all).compare(path, cancel)));
    } else {
      RestorePoint before = sides.before();
      RestorePoint after = sides.after();
      model.withSession(
          session ->
              ask(cancel -> new PointComparer(session, before, after, all).compare(path, cancel)),
          error -> tell(new Load.Failed(error)));
    }
  }

  private void tell(Load load) {
    state.loadProperty().set(load);
  }

  private void ask(Background.Question<Compared> question) {
    work.drop();
    work = desk.background().ask(question, this::put, error -> tell(new Load.Failed(error)));
  }

  /// What needs both a repository and a cluster.
  @FunctionalInterface
  private interface Live {
    void with(RepositorySession session, OpenCluster.Opened cluster);
  }

  private void withCluster(Live then) {
    RestorePoint point = sides.before();
    Optional<OpenCluster> cluster = desk.clusters().of(point.cluster(), point.context());
    if (cluster.isEmpty()) {
      tell(
          new Load.Failed(
              new NotFoundException(
                  "restore.no-context",
                  Texts.of("restore.no-context", point.context()),
                  Texts.of("restore.no-context.do"))));
      return;
    }
    model.withSession(
        session ->
            desk.clusters()
                .open(
                    cluster.get(),
                    opened -> then.with(session, opened),
                    error -> tell(new Load.Failed(error))),
        error -> tell(new Load.Failed(error)));
  }

  private void put(Compared result) {
    tell(Load.READY);
    switch (result) {
      case Compared.Words words -> tell(new Load.Empty(words.title(), words.text()));
      case Compared.Facts facts -> content.getChildren().setAll(new CompareFacts(facts));
      case Compared.Lines lines -> {
        diff.getItems().setAll(lines.lines());
        diff.scrollTo(0);
        content.getChildren().setAll(diff);
        note.setText(lines.note());
      }
      case Compared.Changes found -> {
        listed = found;
        changes.show(chosen, found);
        content.getChildren().setAll(changes);
        note.setText(ChangeCounts.sentence(found));
      }
    }
  }

  private void save() {
    if (sides.live()) {
      RestorePoint point = sides.before();
      String path = compared;
      withCluster((_, cluster) -> saving.saveComparison(point, cluster, path));
    } else {
      saving.saveComparison(sides.before(), sides.after(), compared);
    }
  }
}
