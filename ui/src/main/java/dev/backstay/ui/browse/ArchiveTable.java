package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The listing of an archive.
final class ArchiveTable extends TableView<Archived> {

  ArchiveTable() {
    setId("preview-archive");
    setPlaceholder(new Label(Texts.of("preview.archive.none")));
    Columns.fill(this);
    TableColumn<Archived, Archived> name = column("preview.archive.column.name", 300);
    Columns.node(
        name,
        e ->
            new Label(
                e.name(), Icons.of(e.folder() ? "mdi2f-folder-outline" : "mdi2f-file-outline")));
    name.setComparator(Comparator.comparing(Archived::name, String.CASE_INSENSITIVE_ORDER));
    Columns.amount(
        column("preview.archive.column.size", 90),
        e -> e.folder() ? "" : Amounts.bytes(e.size()),
        Archived::size);
    Columns.text(
        column("preview.archive.column.modified", 155),
        e -> Amounts.moment(e.modified()),
        e -> e.modified() == null ? Instant.MIN : e.modified());
  }

  private TableColumn<Archived, Archived> column(String key, double width) {
    TableColumn<Archived, Archived> column = new TableColumn<>(Texts.of(key));
    column.setPrefWidth(width);
    getColumns().add(column);
    return column;
  }

  void show(List<Archived> entries) {
    getItems().setAll(entries);
    scrollTo(0);
  }
}
