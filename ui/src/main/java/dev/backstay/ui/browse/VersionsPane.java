package dev.backstay.ui.browse;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.FileVersion;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The different contents of the chosen file across restore points. A double click or Enter goes to
/// the newest restore point with one and shows it; one or two of them can be compared.
final class VersionsPane extends BorderPane {

  /// What is done with versions.
  interface Choices {
    /// Shows the file at that moment.
    void preview(RestorePoint point);

    /// @param one null for the restore point that is shown
    void compare(@Nullable RestorePoint one, RestorePoint another);
  }

  private final Desk desk;
  private final BrowseViewModel model;
  private final Choices choices;
  private final TableView<FileVersion> table = new TableView<>();
  private final StatePane state = new StatePane(table);
  private final Button compare =
      new Button(Texts.of("versions.compare"), Icons.of("mdi2c-compare-horizontal"));
  private Work work = Work.NONE;
  private @Nullable String shownPath;
  private List<RestorePoint> shownPoints = List.of();

  VersionsPane(Desk desk, BrowseViewModel model, Choices choices) {
    this.desk = desk;
    this.model = model;
    this.choices = choices;
    table.setId("versions");
    table.setAccessibleText(Texts.of("browse.tab.versions"));
    columns();
    table.setPlaceholder(new Label());
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setRowFactory(_ -> {
      TableRow<FileVersion> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          choices.preview(row.getItem().newest());
        }
      });
      return row;
    });
    table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    ListChangeListener<FileVersion> selected = _ -> judge();
    table.getSelectionModel().getSelectedItems().addListener(selected);
    compare.setId("versions-compare");
    compare.getStyleClass().add("small");
    compare.setOnAction(_ -> compare());
    HBox bar = new HBox(8, compare, Section.text(Texts.of("versions.hint"), "caption"));
    bar.setAlignment(Pos.CENTER_LEFT);
    compare.setMinWidth(USE_PREF_SIZE);
    bar.setStyle("-fx-padding: 6 4 6 4;");
    setBottom(bar);
    setCenter(state);
    judge();
  }

  /// What tells versions apart first: the pane is narrow.
  private void columns() {
    Columns.node(column("versions.column.state", 86), VersionsPane::badge);
    Columns.text(
        column("versions.column.newest", 143),
        v -> Amounts.minute(v.newest().time()),
        v -> v.newest().time());
    Columns.amount(column("versions.column.size", 72), VersionsPane::size, VersionsPane::bytes);
    Columns.amount(
        column("versions.column.points", 62), v -> Amounts.count(v.points()), FileVersion::points);
    Columns.text(
        column("versions.column.content", 84),
        v -> v.content().isEmpty() ? "" : v.content().substring(0, 8));
    Columns.text(
        column("versions.column.mode", 95), v -> v.file() == null ? "" : Entry.of(v.file()).mode());
    Columns.text(
        column("versions.column.oldest", 143),
        v -> Amounts.minute(v.oldest().time()),
        v -> v.oldest().time());
    Columns.text(
        column("versions.column.modified", 143),
        v -> v.file() == null ? "" : Amounts.minute(Entry.of(v.file()).modified()));
  }

  private void pressed(KeyEvent event) {
    FileVersion version = table.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && version != null) {
      choices.preview(version.newest());
      event.consume();
    }
  }

  private List<FileVersion> selected() {
    return List.copyOf(table.getSelectionModel().getSelectedItems());
  }

  /// One is compared with the restore point that is shown, two with one another.
  private void judge() {
    List<FileVersion> chosen = selected();
    boolean two = chosen.size() == 2;
    boolean one = chosen.size() == 1 && !chosen.getFirst().newest().equals(model.point());
    compare.setText(Texts.of(two ? "versions.compare-two" : "versions.compare"));
    compare.setDisable(!one && !two);
  }

  private void compare() {
    List<FileVersion> chosen = selected();
    if (chosen.size() == 2) {
      choices.compare(chosen.getFirst().newest(), chosen.getLast().newest());
    } else if (!chosen.isEmpty()) {
      choices.compare(null, chosen.getFirst().newest());
    }
  }

  private TableColumn<FileVersion, FileVersion> column(String key, double width) {
    TableColumn<FileVersion, FileVersion> column = new TableColumn<>(Texts.of(key));
    column.setPrefWidth(width);
    table.getColumns().add(column);
    return column;
  }

  private static Badge badge(FileVersion version) {
    return switch (version.presence()) {
      case PRESENT -> new Badge(Texts.of("versions.present"), Badge.Tone.OK);
      case ABSENT -> new Badge(Texts.of("versions.absent"), Badge.Tone.PLAIN);
      case UNREADABLE -> new Badge(Texts.of("versions.unreadable"), Badge.Tone.BAD);
    };
  }

  private static String size(FileVersion version) {
    return bytes(version) < 0 ? "" : Amounts.bytes(bytes(version));
  }

  private static long bytes(FileVersion version) {
    return version.file() == null ? -1 : version.file().entry().size();
  }

  /// @param path of what is chosen, also if the restore point that is shown does not hold it; null
  ///   for nothing
  void show(@Nullable String path) {
    judge();
    if (path == null) {
      work.drop();
      shownPath = null;
      tell(new Load.Empty(Texts.of("versions.none"), Texts.of("versions.none.why")));
      return;
    }
    List<RestorePoint> points = model.points();
    if (path.equals(shownPath) && points.equals(shownPoints)) {
      return;
    }
    work.drop();
    shownPath = path;
    shownPoints = points;
    table.getItems().clear();
    tell(new Load.Loading(Texts.of("versions.loading")));
    model.withSession(
        session -> look(session, points, path), error -> tell(new Load.Failed(error)));
  }

  private void look(RepositorySession session, List<RestorePoint> points, String path) {
    work =
        desk.background()
            .ask(
                cancel -> {
                  new Browsing(session)
                      .versions(
                          points,
                          path,
                          version -> desk.background().onFx(() -> put(path, version)),
                          cancel);
                  return true;
                },
                _ -> tell(Load.READY),
                error -> tell(new Load.Failed(error)));
  }

  private void tell(Load load) {
    state.loadProperty().set(load);
  }

  /// A version that is known already holds in one more restore point.
  private void put(String path, FileVersion version) {
    if (!path.equals(shownPath)) {
      return;
    }
    tell(Load.READY);
    List<FileVersion> rows = table.getItems();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).key().equals(version.key())) {
        rows.set(i, version);
        return;
      }
    }
    rows.add(version);
  }
}
