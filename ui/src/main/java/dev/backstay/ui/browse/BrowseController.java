package dev.backstay.ui.browse;

import atlantafx.base.controls.Breadcrumbs;
import dev.backstay.model.EngineException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import dev.backstay.ui.timeline.Lane;
import dev.backstay.ui.timeline.Mark;
import dev.backstay.ui.timeline.TimeField;
import dev.backstay.ui.timeline.TimeScale;
import dev.backstay.workflow.lock.ContextId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Inside a restore point: the time axis, the folder, and the chosen file.
public final class BrowseController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label moment;
  @FXML private Label timeProblem;
  @FXML private StackPane time;
  @FXML private Button zoomOut;
  @FXML private Button zoomIn;
  @FXML private Button older;
  @FXML private Button newer;
  @FXML private StackPane axis;
  @FXML private Button up;
  @FXML private StackPane crumbs;
  @FXML private TextField filter;
  @FXML private Button find;
  @FXML private ToggleButton limit;
  @FXML private StackPane limits;
  @FXML private StatePane state;
  @FXML private TableView<Entry> table;
  @FXML private TableColumn<Entry, Entry> tick;
  @FXML private TableColumn<Entry, Entry> name;
  @FXML private TableColumn<Entry, Entry> size;
  @FXML private TableColumn<Entry, Entry> modified;
  @FXML private TableColumn<Entry, Entry> mode;
  @FXML private TabPane tabs;
  @FXML private Tab preview;
  @FXML private Tab versions;
  @FXML private Tab compare;
  @FXML private Tab facts;
  @FXML private Label selection;
  @FXML private Button clear;
  @FXML private Button save;
  @FXML private Button restore;

  private final Desk desk;
  private final BrowseViewModel model;
  private final SaveFiles saving;
  private final Place.Browse.Look look;
  private final PreviewPane previewPane;
  private final VersionsPane versionsPane;
  private final ComparePane comparePane;
  private final Lane lane = new Lane(true);
  private final PauseTransition settle = new PauseTransition(Duration.millis(150));
  private Subscription watching = Subscription.EMPTY;
  private @Nullable Seen seen;
  private boolean filling;

  /// @param look what is shown beside the folder to begin with
  public BrowseController(
      Desk desk, BrowseViewModel model, SaveFiles saving, Place.Browse.Look look) {
    this.look = look;
    this.desk = desk;
    this.model = model;
    this.saving = saving;
    this.previewPane = new PreviewPane(desk, model);
    this.versionsPane = new VersionsPane(desk, model, new Versions());
    this.comparePane = new ComparePane(desk, model, saving);
  }

  @FXML
  void initialize() {
    axis.getChildren().add(lane);
    lane.setId("browse-lane");
    lane.setOnChoose(mark -> model.moveTo((RestorePoint) mark.item()));
    older.setOnAction(_ -> lane.move(-1));
    newer.setOnAction(_ -> lane.move(1));
    zoomIn.setOnAction(_ -> lane.zoom(2));
    zoomOut.setOnAction(_ -> lane.zoom(0.5));
    zoomOut.disableProperty().bind(lane.zoomed().not());
    TimeField field = new TimeField(desk.clock(), model::moveTo);
    field.setId("browse-time");
    time.getChildren().add(field);
    timeProblem.textProperty().bind(field.problemProperty());
    finding();
    up.setOnAction(_ -> model.up());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::refresh);
    columns();
    mode.visibleProperty().bind(model.findingProperty().not());
    model
        .findingProperty()
        .subscribe((_, finding) -> {
          double room = finding ? mode.getPrefWidth() : -mode.getPrefWidth();
          name.setPrefWidth(name.getPrefWidth() + room); // found files have longer names
        });
    Columns.fill(table);
    table.setItems(model.entries());
    table.getSelectionModel().setSelectionMode(SelectionMode.SINGLE);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(entry -> {
          if (!filling) {
            model.choose(entry);
          }
        });
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    model.chosenProperty().subscribe(this::showChosen);
    model.pathProperty().subscribe(this::showPath);
    model.pointProperty().subscribe(this::showPoint);
    model.pointProperty().subscribe((_, _) -> settle.playFromStart());
    preview.setContent(previewPane);
    versions.setContent(versionsPane);
    compare.setContent(comparePane);
    tabs.getSelectionModel().selectedItemProperty().subscribe(() -> showTab());
    settle.setOnFinished(_ -> settled());
    clear.setOnAction(_ -> model.parts().clear());
    restore.setOnAction(_ -> model.parts().restore(looked()));
    save.setOnAction(_ -> saveChosen());
    model
        .parts()
        .standingProperty()
        .subscribe(now -> {
          table.refresh();
          counted(now);
        });
  }

  private void finding() {
    filter.textProperty().bindBidirectional(model.filterProperty());
    filter.setOnAction(_ -> model.find());
    find.setOnAction(_ -> model.find());
    find.disableProperty()
        .bind(model.filterProperty().isEmpty().and(model.limitsProperty().isEqualTo(Limits.NONE)));
    LimitsPane pane = new LimitsPane(desk.clock(), model);
    limits.getChildren().add(pane);
    limits.visibleProperty().bind(limit.selectedProperty());
    limits.managedProperty().bind(limit.selectedProperty());
    limit
        .selectedProperty()
        .subscribe((_, shown) -> {
          if (shown) {
            pane.requestFocus();
          } else {
            pane.clear(); // what can't be seen leaves nothing out
          }
        });
  }

  private void columns() {
    Columns.node(tick, this::box);
    Columns.node(
        name,
        entry -> {
          String text = model.findingProperty().get() ? below(entry) : entry.name();
          Label label = new Label(text, FileIcons.of(entry));
          label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
          return label;
        });
    name.setComparator(Entry.ORDER);
    Columns.amount(
        size, e -> e.folder() ? "" : Amounts.bytes(e.size()), e -> e.folder() ? -1L : e.size());
    Columns.text(modified, e -> Amounts.minute(e.modified()), Entry::modified);
    Columns.text(mode, Entry::mode);
    table.setRowFactory(_ -> {
      TableRow<Entry> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          open(row.getItem());
        }
      });
      return row;
    });
  }

  /// The path from the folder that was searched.
  private String below(Entry entry) {
    String folder = model.pathProperty().get();
    return entry.path().substring(folder.length() <= 1 ? 1 : folder.length() + 1);
  }

  private CheckBox box(Entry entry) {
    PathRules.Chosen chosen = model.parts().of(entry.path());
    CheckBox box = new CheckBox();
    box.setSelected(chosen == PathRules.Chosen.ALL);
    box.setIndeterminate(chosen == PathRules.Chosen.SOME);
    box.setAccessibleText(Texts.of("browse.choose", entry.name()));
    box.setFocusTraversable(false);
    box.setOnAction(_ -> model.parts().set(entry.path(), box.isSelected()));
    return box;
  }

  private void pressed(KeyEvent event) {
    Entry entry = table.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && entry != null) {
      open(entry);
      event.consume();
    } else if (event.getCode() == KeyCode.BACK_SPACE) {
      model.up();
      event.consume();
    } else if (event.getCode() == KeyCode.SPACE && entry != null) {
      model.parts().set(entry.path(), model.parts().of(entry.path()) != PathRules.Chosen.ALL);
      event.consume();
    }
  }

  /// Time moves wherever the focus is: while a folder is read, it may be anywhere.
  private void time(KeyEvent event) {
    boolean older = event.getCode() == KeyCode.PAGE_UP;
    boolean newer = event.getCode() == KeyCode.PAGE_DOWN;
    if (event.isAltDown() && (older || newer) && root.getScene().lookup("#dialog") == null) {
      lane.move(older ? -1 : 1);
      event.consume();
    }
  }

  private void open(Entry entry) {
    if (entry.folder()) {
      model.go(entry.path());
    } else {
      tabs.getSelectionModel().select(preview);
    }
  }

  private void showPoint(RestorePoint point) {
    title.setText(point.namespace());
    Instant now = desk.clock().instant();
    String partial = point.partial() ? " · " + Texts.of("point.partial") : "";
    moment.setText(
        Texts.of(
                "browse.moment",
                Amounts.moment(point.time()),
                Amounts.age(point.time(), now),
                point.shortId())
            + partial);
    showAxis();
  }

  private void showAxis() {
    List<RestorePoint> points = model.points();
    List<RestorePoint> all = points.contains(model.point()) ? points : with(points);
    List<Instant> times = all.stream().map(RestorePoint::time).toList();
    TimeScale scale = TimeScale.around(times, desk.clock().instant());
    lane.show(scale, all.stream().map(BrowseController::mark).toList());
    lane.choose(model.point());
    older.setDisable(all.isEmpty() || model.point().equals(all.getLast()));
    newer.setDisable(all.isEmpty() || model.point().equals(all.getFirst()));
  }

  private List<RestorePoint> with(List<RestorePoint> points) {
    List<RestorePoint> all = new ArrayList<>(points);
    all.add(model.point());
    return all;
  }

  private static Mark mark(RestorePoint point) {
    return new Mark(
        point.time(),
        point.partial() ? Mark.Kind.PARTIAL : Mark.Kind.POINT,
        Texts.of("timeline.point", point.shortId(), Amounts.moment(point.time())),
        point);
  }

  private void showPath(String path) {
    List<String> parts = new ArrayList<>();
    parts.add("/");
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        parts.add(parts.getLast().equals("/") ? "/" + part : parts.getLast() + "/" + part);
      }
    }
    Breadcrumbs<String> bar =
        new Breadcrumbs<>(Breadcrumbs.buildTreeModel(parts.toArray(String[]::new)));
    bar.setCrumbFactory(crumb -> crumb(crumb.getValue()));
    bar.setOnCrumbAction(event -> model.go(event.getSelectedCrumb().getValue()));
    bar.setMinWidth(0);
    crumbs.getChildren().setAll(bar);
    up.setDisable(path.length() <= 1);
  }

  private static Hyperlink crumb(String path) {
    String text =
        path.equals("/") ? Texts.of("browse.root") : path.substring(path.lastIndexOf('/') + 1);
    Hyperlink link = new Hyperlink(text);
    link.setMinWidth(20);
    return link;
  }

  private void showChosen(@Nullable Entry entry) {
    filling = true;
    if (entry == null || !table.getItems().contains(entry)) {
      table.getSelectionModel().clearSelection();
    } else if (!entry.equals(table.getSelectionModel().getSelectedItem())) {
      table.getSelectionModel().select(entry);
      table.scrollTo(entry);
    }
    filling = false;
    if (model.parts().isEmpty()) {
      model.parts().count(); // what went wrong was about another one
    }
    counted(model.parts().standingProperty().get());
    settle.playFromStart();
  }

  /// What is done with the versions of a file.
  private final class Versions implements VersionsPane.Choices {
    @Override
    public void preview(RestorePoint point) {
      model.moveTo(point);
      tabs.getSelectionModel().select(preview);
    }

    @Override
    public void compare(@Nullable RestorePoint one, RestorePoint another) {
      if (one == null) {
        comparePane.with(another);
      } else {
        comparePane.between(one, another);
      }
      tabs.getSelectionModel().select(compare);
    }
  }

  /// What the tabs were shown last.
  private record Seen(RestorePoint point, @Nullable Entry entry, @Nullable String kept) {}

  private void settled() {
    Seen now = new Seen(model.point(), model.chosenProperty().get(), model.keptProperty().get());
    if (!now.equals(seen)) {
      seen = now;
      showTab();
    }
  }

  /// Only the tab that is seen asks for anything.
  private void showTab() {
    Tab now = tabs.getSelectionModel().getSelectedItem();
    Entry entry = model.chosenProperty().get();
    String kept = model.keptProperty().get();
    if (preview.equals(now)) {
      previewPane.show(entry);
    } else if (versions.equals(now)) {
      versionsPane.show(kept);
    } else if (compare.equals(now)) {
      comparePane.show(Objects.requireNonNullElse(kept, model.pathProperty().get()));
    } else {
      facts.setContent(EntryFacts.of(entry));
    }
  }

  private void counted(ChosenParts.Standing now) {
    clear.setDisable(model.parts().isEmpty());
    boolean nothing = now instanceof ChosenParts.Standing.Nothing;
    boolean some = now instanceof ChosenParts.Standing.Counted(Selected what) && !what.isEmpty();
    restore.setDisable(!nothing && !some);
    save.setDisable(nothing && looked() == null);
    selection.setText(
        switch (now) {
          case ChosenParts.Standing.Nothing _ -> untouched();
          case ChosenParts.Standing.Counting _ -> Texts.of("browse.counting");
          case ChosenParts.Standing.Counted(Selected what) -> amount(what);
          case ChosenParts.Standing.Failed(EngineException error) ->
              Texts.of("browse.not-counted", String.valueOf(error.getMessage()));
        });
  }

  private void saveChosen() {
    String path = Objects.requireNonNullElse(looked(), model.pathProperty().get());
    saving.save(model.point(), model.parts().or(path));
  }

  /// What the buttons take while nothing is ticked.
  private String untouched() {
    Entry entry = model.chosenProperty().get();
    return entry == null
        ? Texts.of("browse.nothing-chosen")
        : Texts.of("browse.one-chosen", entry.name());
  }

  private static String amount(Selected what) {
    return what.isEmpty()
        ? Texts.of("browse.chosen-not-here")
        : Texts.of(
            "browse.chosen",
            Texts.count("count.files", what.files()),
            Amounts.bytes(what.bytes()),
            Texts.count("count.manifests", what.manifests()));
  }

  /// The path of what is looked at, null for nothing.
  private @Nullable String looked() {
    Entry entry = model.chosenProperty().get();
    return entry == null ? null : entry.path();
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("browse.title", model.point().namespace());
  }

  /// Files anywhere in the restore point.
  @Override
  public Work find(String words, int most, Consumer<List<Finding>> then) {
    return model.find(
        words,
        most,
        hits ->
            then.accept(
                hits.stream()
                    .map(e ->
                        Finding.of(
                            "palette.file",
                            "mdi2f-file-outline",
                            e.name(),
                            e.path(),
                            () -> model.reveal(e.path())))
                    .toList()));
  }

  /// The files of the folder in view.
  @Override
  public List<Finding> findings() {
    return model.entries().stream()
        .map(e ->
            Finding.of(
                "palette.file", "mdi2f-file-outline", e.name(), e.path(), () -> model.choose(e)))
        .toList();
  }

  @Override
  public void shown() {
    watching = desk.points().allProperty().subscribe(_ -> showAxis());
    if (look == Place.Browse.Look.COMPARE) {
      tabs.getSelectionModel().select(compare);
    }
    Scene scene = root.getScene();
    EventHandler<KeyEvent> keys = this::time;
    scene.addEventFilter(KeyEvent.KEY_PRESSED, keys);
    watching = watching.and(() -> scene.removeEventFilter(KeyEvent.KEY_PRESSED, keys));
    model.refresh();
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(model.point().cluster(), model.point().context()));
  }

  @Override
  public void refresh() {
    seen = null;
    model.refresh();
  }

  @Override
  public void hidden() {
    watching.unsubscribe();
    previewPane.close();
    model.close();
  }
}
