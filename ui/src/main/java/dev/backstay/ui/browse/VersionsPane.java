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
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.FileVersion;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The versions of the chosen file across restore points; a double click goes to that moment.
final class VersionsPane extends BorderPane {

  private final Desk desk;
  private final BrowseViewModel model;
  private final TableView<FileVersion> table = new TableView<>();
  private final StatePane state = new StatePane(table);
  private Work work = Work.NONE;
  private @Nullable String shownPath;
  private List<RestorePoint> shownPoints = List.of();

  /// @param comparing shows what is open beside that restore point's
  VersionsPane(Desk desk, BrowseViewModel model, Consumer<RestorePoint> comparing) {
    this.desk = desk;
    this.model = model;
    table.setId("versions");
    table.setAccessibleText(Texts.of("browse.tab.versions"));
    Columns.node(column("versions.column.state", 100), VersionsPane::badge);
    Columns.text(
        column("versions.column.newest", 155),
        v -> Amounts.minute(v.newest().time()),
        v -> v.newest().time());
    Columns.amount(
        column("versions.column.points", 75), v -> Amounts.count(v.points()), FileVersion::points);
    Columns.amount(column("versions.column.size", 80), VersionsPane::size, VersionsPane::bytes);
    Columns.text(
        column("versions.column.modified", 155),
        v -> v.file() == null ? "" : Amounts.minute(Entry.of(v.file()).modified()));
    Columns.text(
        column("versions.column.content", 90),
        v -> v.content().isEmpty() ? "" : v.content().substring(0, 8));
    table.setPlaceholder(new Label());
    table.setRowFactory(_ -> {
      TableRow<FileVersion> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          model.moveTo(row.getItem().newest());
        }
      });
      return row;
    });
    Button compare = new Button(Texts.of("versions.compare"), Icons.of("mdi2c-compare-horizontal"));
    compare.setId("versions-compare");
    compare.getStyleClass().add("small");
    compare
        .disableProperty()
        .bind(
            table
                .getSelectionModel()
                .selectedItemProperty()
                .map(v -> v == null || v.newest().equals(model.point()))
                .orElse(true));
    compare.setOnAction(
        _ -> comparing.accept(table.getSelectionModel().getSelectedItem().newest()));
    HBox bar = new HBox(compare);
    bar.setStyle("-fx-padding: 6 4 6 4;");
    setBottom(bar);
    setCenter(state);
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

  void show(@Nullable Entry entry) {
    if (entry == null) {
      work.drop();
      shownPath = null;
      state
          .loadProperty()
          .set(new Load.Empty(Texts.of("versions.none"), Texts.of("versions.none.why")));
      return;
    }
    List<RestorePoint> points = model.points();
    if (entry.path().equals(shownPath) && points.equals(shownPoints)) {
      return;
    }
    work.drop();
    shownPath = entry.path();
    shownPoints = points;
    table.getItems().clear();
    state.loadProperty().set(new Load.Loading(Texts.of("versions.loading")));
    model.withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> {
                          new Browsing(session)
                              .versions(
                                  points,
                                  entry.path(),
                                  version -> desk.background().onFx(() -> add(entry, version)),
                                  cancel);
                          return true;
                        },
                        _ -> state.loadProperty().set(Load.READY),
                        error -> state.loadProperty().set(new Load.Failed(error))),
        error -> state.loadProperty().set(new Load.Failed(error)));
  }

  private void add(Entry entry, FileVersion version) {
    if (entry.path().equals(shownPath)) {
      state.loadProperty().set(Load.READY);
      table.getItems().add(version);
    }
  }
}
