package dev.backstay.ui.browse;

import atlantafx.base.controls.Breadcrumbs;
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
import dev.backstay.ui.timeline.TimeScale;
import dev.backstay.workflow.lock.ContextId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
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
  @FXML private Button older;
  @FXML private Button newer;
  @FXML private StackPane axis;
  @FXML private Button up;
  @FXML private StackPane crumbs;
  @FXML private TextField filter;
  @FXML private Button find;
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
  private final PreviewPane previewPane;
  private final VersionsPane versionsPane;
  private final ComparePane comparePane;
  private final Lane lane = new Lane(true);
  private final PauseTransition settle = new PauseTransition(Duration.millis(150));
  private final PauseTransition counting = new PauseTransition(Duration.millis(200));
  private Selected selected = Selected.NOTHING;
  private Work work = Work.NONE;
  private Subscription watching = Subscription.EMPTY;
  private boolean filling;

  public BrowseController(Desk desk, BrowseViewModel model, SaveFiles saving) {
    this.desk = desk;
    this.model = model;
    this.saving = saving;
    this.previewPane = new PreviewPane(desk, model);
    this.versionsPane = new VersionsPane(desk, model, this::compareWith);
    this.comparePane = new ComparePane(desk, model, saving);
  }

  @FXML
  void initialize() {
    axis.getChildren().add(lane);
    lane.setId("browse-lane");
    lane.setOnChoose(mark -> model.moveTo((RestorePoint) mark.item()));
    older.setOnAction(_ -> lane.move(-1));
    newer.setOnAction(_ -> lane.move(1));
    up.setOnAction(_ -> model.up());
    filter.textProperty().bindBidirectional(model.filterProperty());
    filter.setOnAction(_ -> model.find());
    find.setOnAction(_ -> model.find());
    find.disableProperty().bind(model.filterProperty().isEmpty());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::refresh);
    columns();
    mode.visibleProperty().bind(model.findingProperty().not());
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
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
    preview.setContent(previewPane);
    versions.setContent(versionsPane);
    compare.setContent(comparePane);
    tabs.getSelectionModel().selectedItemProperty().subscribe(() -> showTab());
    settle.setOnFinished(_ -> showTab());
    counting.setOnFinished(_ -> count());
    clear.setOnAction(_ -> {
      model.rules().clear();
      rulesChanged();
    });
    restore.setOnAction(_ -> restoreChosen());
    save.setOnAction(_ -> saving.save(model.point(), paths()));
    rulesChanged();
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
    PathRules.Chosen chosen = model.rules().of(entry.path());
    CheckBox box = new CheckBox();
    box.setSelected(chosen == PathRules.Chosen.ALL);
    box.setIndeterminate(chosen == PathRules.Chosen.SOME);
    box.setAccessibleText(Texts.of("browse.choose", entry.name()));
    box.setFocusTraversable(false);
    box.setOnAction(_ -> {
      model.rules().set(entry.path(), box.isSelected());
      rulesChanged();
    });
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
      model.rules().set(entry.path(), model.rules().of(entry.path()) != PathRules.Chosen.ALL);
      rulesChanged();
      event.consume();
    } else if (event.isAltDown() && event.getCode() == KeyCode.PAGE_UP) {
      lane.move(-1);
    } else if (event.isAltDown() && event.getCode() == KeyCode.PAGE_DOWN) {
      lane.move(1);
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
    rulesChanged();
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
    if (entry == null) {
      table.getSelectionModel().clearSelection();
    } else if (!entry.equals(table.getSelectionModel().getSelectedItem())) {
      table.getSelectionModel().select(entry);
      table.scrollTo(entry);
    }
    filling = false;
    settle.playFromStart();
  }

  private void compareWith(RestorePoint point) {
    comparePane.with(point);
    tabs.getSelectionModel().select(compare);
  }

  /// Only the tab that is seen asks for anything.
  private void showTab() {
    Tab now = tabs.getSelectionModel().getSelectedItem();
    Entry entry = model.chosenProperty().get();
    if (preview.equals(now)) {
      previewPane.show(entry);
    } else if (versions.equals(now)) {
      versionsPane.show(entry);
    } else if (compare.equals(now)) {
      comparePane.show(entry);
    } else {
      facts.setContent(EntryFacts.of(entry));
    }
  }

  private void rulesChanged() {
    table.refresh();
    counting.playFromStart();
    if (model.rules().isEmpty()) {
      counted(Selected.NOTHING);
    }
  }

  private void count() {
    work.drop();
    if (model.rules().isEmpty()) {
      return;
    }
    String snapshot = model.point().id();
    model.withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> Selected.of(session, snapshot, model.rules(), cancel),
                        this::counted,
                        error -> selection.setText(String.valueOf(error.getMessage()))),
        _ -> {});
  }

  private void counted(Selected now) {
    selected = now;
    boolean none = now.isEmpty();
    selection.setText(
        none
            ? Texts.of("browse.nothing-chosen")
            : Texts.of(
                "browse.chosen",
                Texts.count("count.files", now.files()),
                Amounts.bytes(now.bytes()),
                Texts.count("count.manifests", now.manifests())));
    clear.setDisable(model.rules().isEmpty());
  }

  /// What is ticked, else the file that is looked at, else everything.
  private void restoreChosen() {
    List<String> only = selected.isEmpty() ? ofChosen() : selected.only();
    desk.navigator().go(new Place.Restore(model.point(), only));
  }

  private List<String> ofChosen() {
    Entry entry = model.chosenProperty().get();
    if (entry == null) {
      return List.of();
    }
    if (entry.path().startsWith("/volumes/")) {
      return List.of(Selected.volume(entry.path()));
    }
    return entry.file() && entry.path().startsWith("/manifests/")
        ? List.of(Selected.manifest(entry.path()))
        : List.of();
  }

  private List<String> paths() {
    if (!model.rules().isEmpty()) {
      return model.rules().included();
    }
    Entry entry = model.chosenProperty().get();
    return List.of(entry == null ? model.pathProperty().get() : entry.path());
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
    model.refresh();
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(model.point().clusterId(), model.point().context()));
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void hidden() {
    watching.unsubscribe();
    work.drop();
    previewPane.close();
    model.close();
  }
}
