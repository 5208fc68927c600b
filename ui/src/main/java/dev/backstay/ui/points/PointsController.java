package dev.backstay.ui.points;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.PointFacts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
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
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Every restore point that this machine knows of.
public final class PointsController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label summary;
  @FXML private TextField filter;
  @FXML private Button browse;
  @FXML private Button restore;
  @FXML private Button openPlan;
  @FXML private TableView<RestorePoint> table;
  @FXML private TableColumn<RestorePoint, RestorePoint> state;
  @FXML private TableColumn<RestorePoint, RestorePoint> time;
  @FXML private TableColumn<RestorePoint, RestorePoint> age;
  @FXML private TableColumn<RestorePoint, RestorePoint> namespace;
  @FXML private TableColumn<RestorePoint, RestorePoint> context;
  @FXML private TableColumn<RestorePoint, RestorePoint> volumes;
  @FXML private TableColumn<RestorePoint, RestorePoint> size;
  @FXML private TableColumn<RestorePoint, RestorePoint> manifests;
  @FXML private TableColumn<RestorePoint, RestorePoint> id;

  private final Desk desk;
  private final Runnable planOpener;
  private final ObservableList<RestorePoint> all = FXCollections.observableArrayList();
  private final FilteredList<RestorePoint> matching = new FilteredList<>(all);
  private Subscription watching = Subscription.EMPTY;

  /// @param planOpener asks for a saved plan and opens it
  public PointsController(Desk desk, Runnable planOpener) {
    this.desk = desk;
    this.planOpener = planOpener;
  }

  @FXML
  void initialize() {
    Columns.node(state, PointsController::badge);
    Columns.text(time, p -> Amounts.moment(p.time()), RestorePoint::time);
    Columns.text(age, p -> Amounts.age(p.time(), desk.clock().instant()), RestorePoint::time);
    Columns.text(namespace, RestorePoint::namespace);
    Columns.text(context, RestorePoint::context);
    Columns.amount(volumes, p -> Amounts.count(p.volumes().size()), p -> p.volumes().size());
    Columns.amount(size, p -> Amounts.bytes(PointFacts.bytes(p, "")), p -> PointFacts.bytes(p, ""));
    Columns.amount(manifests, p -> Amounts.count(p.manifests()), RestorePoint::manifests);
    Columns.text(id, RestorePoint::shortId);
    SortedList<RestorePoint> sorted = new SortedList<>(matching);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    Columns.fill(table);
    table.setItems(sorted);
    table.setPlaceholder(Section.text(Texts.of("points.none"), "muted"));
    filter.textProperty().subscribe(this::match);
    table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    table.setRowFactory(_ -> {
      TableRow<RestorePoint> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          browse(row.getItem());
        }
      });
      return row;
    });
    table.setOnKeyPressed(event -> {
      RestorePoint point = table.getSelectionModel().getSelectedItem();
      if (event.getCode() == KeyCode.ENTER && point != null) {
        browse(point);
      }
    });
    browse.setOnAction(_ -> browse(table.getSelectionModel().getSelectedItem()));
    openPlan.setOnAction(_ -> planOpener.run());
    restore.setOnAction(_ ->
        desk.navigator()
            .go(new Place.Restore(table.getSelectionModel().getSelectedItem(), List.of())));
  }

  private static Badge badge(RestorePoint point) {
    if (point.partial()) {
      return new Badge(Texts.of("point.partial"), Badge.Tone.WARN);
    }
    return point.selective()
        ? new Badge(Texts.of("point.selective"), Badge.Tone.PLAIN)
        : new Badge(Texts.of("point.whole"), Badge.Tone.OK);
  }

  private void chosen(@Nullable RestorePoint point) {
    browse.setDisable(point == null);
    restore.setDisable(point == null);
  }

  private void browse(RestorePoint point) {
    desk.navigator().go(new Place.Browse(point, "/"));
  }

  private void match(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    matching.setPredicate(point -> wanted.isEmpty() || matches(point, wanted));
    summary();
  }

  private static boolean matches(RestorePoint point, String wanted) {
    return point.namespace().toLowerCase(Locale.ROOT).contains(wanted)
        || point.context().toLowerCase(Locale.ROOT).contains(wanted)
        || point.id().startsWith(wanted)
        || point.volumes().stream()
            .anyMatch(v -> v.pvc().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private void summary() {
    summary.setText(
        matching.size() == all.size()
            ? Texts.count("points.count", all.size())
            : Texts.of(
                "points.matching", matching.size(), Texts.count("points.count", all.size())));
  }

  private void show(List<RestorePoint> points) {
    RestorePoint keep = table.getSelectionModel().getSelectedItem();
    all.setAll(points);
    if (keep != null) {
      table.getSelectionModel().select(keep);
    }
    summary();
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.points");
  }

  @Override
  public void shown() {
    watching = desk.points().allProperty().subscribe(this::show);
  }

  @Override
  public void refresh() {
    desk.repositories().refresh();
    desk.points().load();
  }

  @Override
  public void hidden() {
    watching.unsubscribe();
  }
}
