package dev.backstay.ui.namespace;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import dev.backstay.ui.timeline.Mark;
import dev.backstay.ui.timeline.TimeField;
import dev.backstay.workflow.lock.ContextId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// A namespace's page.
public final class NamespaceController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private Label timeProblem;
  @FXML private StackPane time;
  @FXML private TextField filter;
  @FXML private Button refresh;
  @FXML private Button take;
  @FXML private Button restore;
  @FXML private Button backUp;
  @FXML private VBox notices;
  @FXML private StatePane state;
  @FXML private StackPane details;
  @FXML private TreeTableView<Row> tree;
  @FXML private TreeTableColumn<Row, Row> name;
  @FXML private TreeTableColumn<Row, Row> state_;
  @FXML private TreeTableColumn<Row, Row> last;
  @FXML private TreeTableColumn<Row, Row> used;
  @FXML private TreeTableColumn<Row, Row> capacity;
  @FXML private TreeTableColumn<Row, Row> storageClass;
  @FXML private TreeTableColumn<Row, Row> modes;
  @FXML private TreeTableColumn<Row, Row> pods;
  @FXML private TreeTableColumn<Row, Row> axis;

  private final Desk desk;
  private final NamespaceViewModel model;
  private final RowDetails rowDetails;
  private final String first;
  private Subscription points = Subscription.EMPTY;

  /// @param actions what the details offer besides going to other places
  /// @param first the PVC that is selected to begin with, empty for the first
  public NamespaceController(
      Desk desk, NamespaceViewModel model, SnapshotActions actions, String first) {
    this.first = first;
    this.desk = desk;
    this.model = model;
    this.rowDetails = new RowDetails(desk, model, actions);
  }

  @FXML
  void initialize() {
    title.setText(model.namespace());
    summary.textProperty().bind(model.summaryProperty());
    TimeField field = new TimeField(desk.clock(), this::openAt);
    field.setId("namespace-time");
    time.getChildren().add(field);
    timeProblem.textProperty().bind(field.problemProperty());
    timeProblem.managedProperty().bind(timeProblem.textProperty().isNotEmpty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::refresh);
    refresh.setOnAction(_ -> model.refresh());
    backUp.setOnAction(_ -> backUp());
    restore.setOnAction(_ -> newest().ifPresent(p -> go(new Place.Restore(p, List.of()))));
    take.setOnAction(
        _ -> rowDetails.actions().take(model.cluster(), model.namespace(), chosenPvcs()));
    columns();
    Columns.fill(tree);
    tree.setRoot(new TreeItem<>());
    tree.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    tree.getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<TreeItem<Row>>) _ -> showDetails());
    tree.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER) {
        open(tree.getSelectionModel().getSelectedItem());
      }
    });
    tree.setOnMouseClicked(event -> {
      if (event.getClickCount() == 2) {
        open(tree.getSelectionModel().getSelectedItem());
      }
    });
    take.disableProperty().bind(model.snapshotsServedProperty().not());
    model.rows().addListener((ListChangeListener<Row>) _ -> showRows());
    model.warnings().addListener((ListChangeListener<ItemFailure>) _ -> showWarnings());
  }

  private void columns() {
    RowCells.of(name, row -> RowCells.name(row, desk.clock().instant()));
    RowCells.of(state_, RowCells::state);
    RowCells.of(last, row -> RowCells.last(row, desk.clock().instant()));
    RowCells.of(used, RowCells::used);
    RowCells.of(capacity, row -> RowCells.ofPvc(row, pvc -> Amounts.bytes(pvc.capacity())));
    RowCells.of(storageClass, row -> RowCells.ofPvc(row, pvc -> pvc.storageClass()));
    RowCells.of(modes, row -> RowCells.ofPvc(row, pvc -> RowCells.modes(pvc.accessModes())));
    RowCells.of(pods, row -> RowCells.ofPvc(row, pvc -> String.join(", ", pvc.pods())));
    RowCells.of(axis, _ -> new Label());
    axis.setCellFactory(_ -> new AxisCell(model.scaleProperty(), this::markChosen));
    axis.setGraphic(new AxisHeader(model.scaleProperty(), axis.widthProperty()));
    name.setComparator(RowOrder.then((_, _) -> 0));
    state_.setComparator(RowOrder.then(Comparator.comparing(RowOrder::state)));
    last.setComparator(RowOrder.then(Comparator.comparing(RowOrder::last)));
    used.setComparator(RowOrder.then(Comparator.comparingLong(RowOrder::used)));
    capacity.setComparator(RowOrder.then(Comparator.comparingLong(RowOrder::capacity)));
    storageClass.setComparator(RowOrder.then(Comparator.comparing(RowOrder::storageClass)));
    modes.setComparator(RowOrder.then(Comparator.comparing(RowOrder::modes)));
    pods.setComparator(RowOrder.then(Comparator.comparing(RowOrder::pods)));
  }

  private void showRows() {
    String selected = selected().map(Row::id).orElse("pvc/" + first);
    List<String> expanded =
        tree.getRoot().getChildren().stream()
            .filter(TreeItem::isExpanded)
            .map(item -> item.getValue().id())
            .toList();
    tree.getRoot().getChildren().setAll(model.rows().stream().map(RowItem::new).toList());
    tree.getRoot().getChildren().stream()
        .filter(item -> expanded.contains(item.getValue().id()))
        .forEach(item -> item.setExpanded(true));
    tree.sort();
    select(selected);
    restore.setDisable(newest().isEmpty());
  }

  /// The row that was selected, else the first PVC.
  private void select(String id) {
    find(tree.getRoot(), id)
        .or(() -> tree.getRoot().getChildren().stream().skip(1).findFirst())
        .or(() -> tree.getRoot().getChildren().stream().findFirst())
        .ifPresent(item -> {
          tree.getSelectionModel().clearSelection();
          tree.getSelectionModel().select(item);
        });
  }

  private static Optional<TreeItem<Row>> find(TreeItem<Row> under, String id) {
    for (TreeItem<Row> item : under.getChildren()) {
      if (item.getValue().id().equals(id)) {
        return Optional.of(item);
      }
      Optional<TreeItem<Row>> below = item.isExpanded() ? find(item, id) : Optional.empty();
      if (below.isPresent()) {
        return below;
      }
    }
    return Optional.empty();
  }

  /// Opens what is selected as it was at a moment.
  private boolean openAt(Instant moment) {
    String path = "/";
    List<RestorePoint> points = model.points();
    if (selected().orElse(null) instanceof Row.Volume volume) {
      path = "/volumes/" + volume.name();
      points = volume.points();
    }
    for (RestorePoint point : points) {
      if (!point.time().isAfter(moment)) {
        go(new Place.Browse(point, path));
        return true;
      }
    }
    return false;
  }

  private Optional<Row> selected() {
    return Optional.ofNullable(tree.getSelectionModel().getSelectedItem()).map(TreeItem::getValue);
  }

  private void showDetails() {
    List<Row> rows = selectedRows();
    details.getChildren().clear();
    if (!rows.isEmpty()) {
      details
          .getChildren()
          .add(rows.size() == 1 ? rowDetails.of(rows.getFirst()) : rowDetails.of(rows));
    }
  }

  /// While the rows are replaced, the selection may name some that have gone.
  private List<Row> selectedRows() {
    return tree.getSelectionModel().getSelectedItems().stream()
        .filter(item -> item != null && item.getValue() != null)
        .map(TreeItem::getValue)
        .toList();
  }

  private void showWarnings() {
    notices.getChildren().setAll(Notice.folded(model.warnings()).getChildren());
  }

  private void markChosen(Row row, Mark mark) {
    details.getChildren().clear();
    switch (mark.item()) {
      case RestorePoint point ->
          details
              .getChildren()
              .add(
                  rowDetails.of(
                      new Row.Point(
                          row.id(),
                          row instanceof Row.Volume v ? v.name() : "",
                          point,
                          List.of(mark))));
      case VolumeSnapshotInfo snapshot ->
          details.getChildren().add(rowDetails.of(new Row.Snapshot(snapshot, List.of(mark))));
      default -> throw new IllegalArgumentException(String.valueOf(mark.item()));
    }
  }

  private void open(@Nullable TreeItem<Row> item) {
    switch (item == null ? null : item.getValue()) {
      case Row.Whole whole when !whole.points().isEmpty() ->
          go(new Place.Browse(whole.points().getFirst(), "/manifests"));
      case Row.Volume volume when !volume.points().isEmpty() ->
          go(new Place.Browse(volume.points().getFirst(), "/volumes/" + volume.name()));
      case Row.Point point ->
          go(
              new Place.Browse(
                  point.point(), point.pvc().isEmpty() ? "/" : "/volumes/" + point.pvc()));
      case null, default -> {}
    }
  }

  private void backUp() {
    go(new Place.BackUp(model.cluster(), model.namespace(), List.of()));
  }

  private List<String> chosenPvcs() {
    List<String> chosen = pvcs(selectedRows());
    return chosen.isEmpty() ? pvcs(model.rows()) : chosen;
  }

  private static List<String> pvcs(List<Row> rows) {
    return rows.stream()
        .filter(row -> row instanceof Row.Volume v && v.pvc() != null)
        .map(Row::name)
        .toList();
  }

  private Optional<RestorePoint> newest() {
    return model.points().stream().findFirst();
  }

  private void go(Place place) {
    desk.navigator().go(place);
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return model.namespace();
  }

  @Override
  public void shown() {
    model.refresh();
    points =
        Subscription.combine(
            desk.points().allProperty().subscribe(model::show),
            desk.jobs().lastProperty().subscribe((_, _) -> model.refresh()));
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(model.cluster()));
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void hidden() {
    points.unsubscribe();
    model.close();
  }
}
