package dev.backstay.ui.restore;

import dev.backstay.model.EngineException;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.restore.PlannedFile;
import dev.backstay.workflow.restore.PlannedFiles;
import dev.backstay.workflow.restore.PlannedVolume;
import dev.backstay.workflow.restore.RestorePlan;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What happens to each file of the PVC that is selected in a plan; looked at when it is selected.
final class FilesSection extends VBox {

  private static final int MOST = 2_000;

  private final Background background;
  private final RestorePlan plan;
  private Work work = Work.NONE;

  /// @param table of the PVCs
  FilesSection(Background background, RestorePlan plan, TableView<PlannedVolume> table) {
    super(8);
    this.background = background;
    this.plan = plan;
    setId("restore-files-section");
    table.getSelectionModel().selectedItemProperty().subscribe(this::choose);
    List<PlannedVolume> written = table.getItems().stream().filter(PlannedVolume::writes).toList();
    if (written.size() == 1) {
      table.getSelectionModel().select(written.getFirst());
    }
    sceneProperty()
        .subscribe((_, scene) -> {
          if (scene == null) {
            work.drop();
          }
        });
  }

  private void choose(@Nullable PlannedVolume volume) {
    work.drop();
    if (volume == null || !volume.writes()) {
      boolean any = plan.preview().volumes().stream().anyMatch(PlannedVolume::writes);
      setVisible(any);
      setManaged(any);
      getChildren().setAll(Section.text(Texts.of("restore.files.select"), "muted"));
      return;
    }
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setPrefSize(22, 22);
    HBox busy =
        new HBox(10, wheel, Section.text(Texts.of("restore.files.looking", volume.pvc()), "muted"));
    getChildren().setAll(busy);
    work =
        background.ask(
            cancel -> plan.files(volume, MOST, cancel), files -> show(volume, files), this::failed);
  }

  private void failed(EngineException error) {
    getChildren().setAll(Notice.of(error));
  }

  private void show(PlannedVolume volume, PlannedFiles files) {
    FlowPane counts = new FlowPane(6, 6);
    Label of = new Label(Texts.of("restore.files.of", volume.pvc()));
    of.getStyleClass().add("strong");
    counts.getChildren().add(of);
    for (PlannedFile.Action action : PlannedFile.Action.values()) {
      Long count = files.counts().get(action);
      if (count != null) {
        counts
            .getChildren()
            .add(new Badge(action.text() + "  " + Amounts.count(count), tone(action)));
      }
    }
    getChildren().setAll(counts);
    if (!files.unknown().isEmpty()) {
      getChildren().add(Notice.warn(Texts.of("restore.files.unknown", files.unknown())));
    }
    getChildren().add(table(files.files()));
    if (files.cut()) {
      String first = Amounts.count(files.files().size());
      getChildren()
          .add(
              Section.text(
                  Texts.of("restore.files.cut", first, Amounts.count(files.total())), "muted"));
    }
  }

  private static Badge.Tone tone(PlannedFile.Action action) {
    return switch (action) {
      case CREATE -> Badge.Tone.OK;
      case SKIP -> Badge.Tone.PLAIN;
      case OVERWRITE, WRITE -> Badge.Tone.WARN;
      case DELETE -> Badge.Tone.BAD;
    };
  }

  private static TableView<PlannedFile> table(List<PlannedFile> files) {
    TableView<PlannedFile> table = PlanPage.table("restore-files", files);
    table.setAccessibleText(Texts.of("restore.files"));
    TableColumn<PlannedFile, PlannedFile> action =
        PlanPage.column(table, "restore.column.action", 150);
    Columns.node(action, f -> new Badge(f.action().text(), tone(f.action())));
    action.setComparator(java.util.Comparator.comparing(PlannedFile::action));
    Columns.text(PlanPage.column(table, "restore.column.file", 380), PlannedFile::path);
    Columns.amount(
        PlanPage.column(table, "restore.column.bytes", 90),
        f -> Amounts.bytes(f.bytes()),
        PlannedFile::bytes);
    Columns.text(PlanPage.column(table, "restore.column.reason", 320), PlannedFile::reason);
    return table;
  }
}
