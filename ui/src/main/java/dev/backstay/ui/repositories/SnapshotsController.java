package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.FileEntry;
import dev.backstay.model.ItemFailure;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Every snapshot of a repository, whatever wrote it, and its files.
public final class SnapshotsController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private TextField filter;
  @FXML private Button restore;
  @FXML private Button backUp;
  @FXML private VBox notices;
  @FXML private StatePane state;
  @FXML private TableView<SnapshotInfo> table;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> time;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> id;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> host;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> paths;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> files;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> bytes;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> tags;
  @FXML private TableColumn<SnapshotInfo, SnapshotInfo> program;
  @FXML private TreeTableView<SnapshotFile.Line> tree;
  @FXML private TreeTableColumn<SnapshotFile.Line, SnapshotFile.Line> name;
  @FXML private TreeTableColumn<SnapshotFile.Line, String> size;
  @FXML private TreeTableColumn<SnapshotFile.Line, String> modified;

  private final Desk desk;
  private final OpenRepository repository;
  private final FolderDialogs dialogs;
  private final ObservableList<SnapshotInfo> all = FXCollections.observableArrayList();
  private final FilteredList<SnapshotInfo> matching = new FilteredList<>(all);
  private Work work = Work.NONE;

  public SnapshotsController(Desk desk, OpenRepository repository, FolderDialogs dialogs) {
    this.desk = desk;
    this.repository = repository;
    this.dialogs = dialogs;
  }

  @FXML
  void initialize() {
    title.setText(title());
    Columns.text(time, s -> Amounts.moment(s.time()), SnapshotInfo::time);
    Columns.text(id, SnapshotInfo::shortId);
    Columns.text(host, SnapshotInfo::hostname);
    Columns.text(paths, s -> String.join(", ", s.paths()));
    Columns.amount(files, s -> s.files() < 0 ? "–" : Amounts.count(s.files()), SnapshotInfo::files);
    Columns.amount(bytes, s -> Amounts.bytes(s.bytes()), SnapshotInfo::bytes);
    Columns.text(tags, s -> String.join(", ", s.tags()));
    Columns.text(program, SnapshotInfo::program);
    SortedList<SnapshotInfo> sorted = new SortedList<>(matching);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    Columns.fill(table);
    table.setItems(sorted);
    table.setPlaceholder(Section.text(Texts.of("snapshots.nothing"), "muted"));
    table.getSelectionModel().selectedItemProperty().subscribe(this::open);
    filter.textProperty().subscribe(this::match);
    tree();
    state.setRetry(this::refresh);
    restore.setDisable(true);
    restore.setOnAction(_ -> restore());
    backUp.setOnAction(_ -> backUp());
    backUp
        .disableProperty()
        .bind(repository.standingProperty().isNotEqualTo(OpenRepository.Standing.OPEN));
  }

  private void tree() {
    tree.setPlaceholder(Section.text(Texts.of("snapshots.select"), "muted"));
    Columns.fill(tree);
    name.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
    name.setCellFactory(_ -> new NameCell());
    size.setCellValueFactory(f ->
        new ReadOnlyObjectWrapper<>(
            f.getValue().getValue().size() < 0
                ? ""
                : Amounts.bytes(f.getValue().getValue().size())));
    modified.setCellValueFactory(
        f -> new ReadOnlyObjectWrapper<>(modified(f.getValue().getValue())));
  }

  private static String modified(SnapshotFile.Line line) {
    if (line.info() == null) {
      return "";
    }
    FileEntry.FileTime time = line.info().entry().modified();
    return Amounts.minute(Instant.ofEpochSecond(time.seconds(), time.nanos()));
  }

  /// A file's name with its sign.
  private static final class NameCell extends TreeTableCell<SnapshotFile.Line, SnapshotFile.Line> {

    @Override
    protected void updateItem(SnapshotFile.@Nullable Line line, boolean empty) {
      super.updateItem(line, empty);
      setText(empty || line == null ? null : line.name());
      setGraphic(
          empty || line == null || line.path().isEmpty()
              ? null
              : Icons.of(line.folder() ? "mdi2f-folder-outline" : "mdi2f-file-outline"));
    }
  }

  private void open(@Nullable SnapshotInfo snapshot) {
    RepositorySession session = repository.session();
    restore.setDisable(snapshot == null || session == null);
    if (snapshot == null || session == null) {
      tree.setRoot(null);
      return;
    }
    SnapshotFile top = new SnapshotFile(desk.background(), session, snapshot.id());
    tree.setRoot(top);
    top.setExpanded(true);
  }

  private void restore() {
    RepositorySession session = repository.session();
    SnapshotInfo snapshot = table.getSelectionModel().getSelectedItem();
    if (session == null || snapshot == null) {
      return;
    }
    TreeItem<SnapshotFile.Line> chosen = tree.getSelectionModel().getSelectedItem();
    String path =
        chosen == null || chosen.getValue().path().isEmpty() ? "/" : chosen.getValue().path();
    dialogs.restore(session, snapshot, path);
  }

  private void backUp() {
    RepositorySession session = repository.session();
    if (session != null) {
      dialogs.backUp(session, this::refresh);
    }
  }

  private void match(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    matching.setPredicate(snapshot -> wanted.isEmpty() || matches(snapshot, wanted));
    summary();
  }

  private static boolean matches(SnapshotInfo snapshot, String wanted) {
    return snapshot.id().startsWith(wanted)
        || snapshot.hostname().toLowerCase(Locale.ROOT).contains(wanted)
        || String.join("\n", snapshot.paths()).toLowerCase(Locale.ROOT).contains(wanted)
        || String.join("\n", snapshot.tags()).toLowerCase(Locale.ROOT).contains(wanted);
  }

  private void summary() {
    summary.setText(
        Texts.count("snapshots.count", matching.size()) + "  ·  " + repository.location());
  }

  private record Listed(List<SnapshotInfo> snapshots, List<ItemFailure> damage) {}

  @Override
  public void refresh() {
    work.drop();
    if (all.isEmpty()) {
      state.loadProperty().set(new Load.Loading(Texts.of("snapshots.loading")));
    }
    desk.repositories().open(repository, null, this::withRepository);
  }

  private void withRepository(Repositories.Result result) {
    switch (result) {
      case Repositories.Result.Opened(RepositorySession session) ->
          work =
              desk.background()
                  .ask(
                      _ -> {
                        List<SnapshotInfo> found = new ArrayList<>(session.snapshots());
                        found.sort(Comparator.comparing(SnapshotInfo::time).reversed());
                        return new Listed(found, session.damage());
                      },
                      this::show,
                      this::failed);
      case Repositories.Result.Failed(EngineException error) -> failed(error);
      case Repositories.Result.NeedsPassword _ ->
          state
              .loadProperty()
              .set(
                  new Load.Empty(
                      StatePane.sentence(Texts.of("backup.repository-closed")),
                      StatePane.sentence(Texts.of("backup.repository-closed.do"))));
    }
  }

  private void failed(EngineException error) {
    state.loadProperty().set(new Load.Failed(error));
  }

  private void show(Listed listed) {
    notices.getChildren().setAll(Notice.of(listed.damage(), true).getChildren());
    SnapshotInfo keep = table.getSelectionModel().getSelectedItem();
    all.setAll(listed.snapshots());
    if (keep != null && all.contains(keep)) {
      table.getSelectionModel().select(keep);
    }
    summary();
    state
        .loadProperty()
        .set(
            all.isEmpty()
                ? new Load.Empty(Texts.of("snapshots.none"), Texts.of("snapshots.none.why"))
                : Load.READY);
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("snapshots.title", repository.name());
  }

  @Override
  public void shown() {
    refresh();
  }

  @Override
  public void hidden() {
    work.drop();
  }
}
