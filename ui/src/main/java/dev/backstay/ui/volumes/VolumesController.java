package dev.backstay.ui.volumes;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.RowCells;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.lock.ContextId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Every PVC and VolumeSnapshot of a cluster.
public final class VolumesController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private TextField filter;
  @FXML private Button refresh;
  @FXML private Button open;
  @FXML private Button backUp;
  @FXML private VBox notices;
  @FXML private StatePane state;
  @FXML private TableView<VolumeRow> pvcs;
  @FXML private TableColumn<VolumeRow, VolumeRow> protection;
  @FXML private TableColumn<VolumeRow, VolumeRow> namespace;
  @FXML private TableColumn<VolumeRow, VolumeRow> name;
  @FXML private TableColumn<VolumeRow, VolumeRow> last;
  @FXML private TableColumn<VolumeRow, VolumeRow> used;
  @FXML private TableColumn<VolumeRow, VolumeRow> capacity;
  @FXML private TableColumn<VolumeRow, VolumeRow> storageClass;
  @FXML private TableColumn<VolumeRow, VolumeRow> modes;
  @FXML private TableColumn<VolumeRow, VolumeRow> pods;
  @FXML private TableView<VolumeSnapshotInfo> snapshots;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> ready;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> snapshotNamespace;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> snapshotName;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> snapshotPvc;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> cut;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> size;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> snapshotClass;
  @FXML private TableColumn<VolumeSnapshotInfo, VolumeSnapshotInfo> owner;

  private final Desk desk;
  private final VolumesViewModel model;
  private Subscription watching = Subscription.EMPTY;

  public VolumesController(Desk desk, VolumesViewModel model) {
    this.desk = desk;
    this.model = model;
  }

  @FXML
  void initialize() {
    title.setText(Texts.of("volumes.title", model.cluster().key().label()));
    summary.textProperty().bind(model.summaryProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::refresh);
    refresh.setOnAction(_ -> model.refresh());
    columns();
    snapshotColumns();
    table(pvcs, model.rows(), "volumes.none", row -> row.pvc().namespace());
    table(snapshots, model.snapshots(), "volumes.no-snapshots", VolumeSnapshotInfo::namespace);
    var chosen = pvcs.getSelectionModel().selectedItemProperty();
    open.disableProperty().bind(chosen.isNull());
    backUp.disableProperty().bind(chosen.isNull());
    open.setOnAction(_ -> open(pvcs.getSelectionModel().getSelectedItem().pvc().namespace()));
    backUp.setOnAction(_ -> backUp(pvcs.getSelectionModel().getSelectedItem()));
    model
        .warnings()
        .addListener(
            (ListChangeListener<ItemFailure>)
                _ -> notices.getChildren().setAll(Notice.folded(model.warnings()).getChildren()));
  }

  private void columns() {
    Columns.node(protection, r -> new Badge(Texts.of(r.protection().key()), r.protection().tone()));
    protection.setComparator(java.util.Comparator.comparing(VolumeRow::protection));
    Columns.text(namespace, r -> r.pvc().namespace());
    Columns.text(name, r -> r.pvc().name());
    Columns.text(
        last,
        r -> Amounts.age(r.newest() == null ? null : r.newest().time(), now()),
        VolumeRow::last);
    Columns.amount(used, r -> RowCells.used(r.used(), r.pvc().capacity()), VolumeRow::used);
    Columns.amount(capacity, r -> Amounts.bytes(r.pvc().capacity()), r -> r.pvc().capacity());
    Columns.text(storageClass, r -> r.pvc().storageClass());
    Columns.text(modes, r -> RowCells.modes(r.pvc().accessModes()));
    Columns.text(pods, r -> String.join(", ", r.pvc().pods()));
  }

  private void snapshotColumns() {
    Columns.node(ready, RowCells::ready);
    Columns.text(snapshotNamespace, VolumeSnapshotInfo::namespace);
    Columns.text(snapshotName, VolumeSnapshotInfo::name);
    Columns.text(snapshotPvc, VolumeSnapshotInfo::pvc);
    Columns.text(
        cut,
        s -> Amounts.age(s.cut(), now()),
        s -> Objects.requireNonNullElse(s.cut(), Instant.MIN));
    Columns.amount(size, s -> Amounts.bytes(s.restoreSize()), VolumeSnapshotInfo::restoreSize);
    Columns.text(snapshotClass, VolumeSnapshotInfo::snapshotClass);
    Columns.text(owner, VolumeSnapshotInfo::owner);
  }

  private Instant now() {
    return desk.clock().instant();
  }

  private <R> void table(
      TableView<R> table, ObservableList<R> rows, String none, Function<R, String> namespaceOf) {
    SortedList<R> sorted = new SortedList<>(rows);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    Columns.fill(table);
    table.setPlaceholder(Section.text(Texts.of(none), "muted"));
    table.setRowFactory(_ -> {
      TableRow<R> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          open(namespaceOf.apply(row.getItem()));
        }
      });
      return row;
    });
    table.setOnKeyPressed(event -> {
      R chosen = table.getSelectionModel().getSelectedItem();
      if (event.getCode() == KeyCode.ENTER && chosen != null) {
        open(namespaceOf.apply(chosen));
      }
    });
  }

  private void open(String where) {
    desk.navigator().go(new Place.Namespace(model.cluster(), where));
  }

  private void backUp(VolumeRow row) {
    desk.navigator()
        .go(new Place.BackUp(model.cluster(), row.pvc().namespace(), List.of(row.pvc().name())));
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("sidebar.volumes");
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(model.cluster()));
  }

  @Override
  public void shown() {
    model.refresh();
    watching =
        Subscription.combine(
            desk.points().allProperty().subscribe(model::show),
            desk.jobs().lastProperty().subscribe((_, _) -> model.refresh()));
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @Override
  public void hidden() {
    watching.unsubscribe();
    model.close();
  }
}
