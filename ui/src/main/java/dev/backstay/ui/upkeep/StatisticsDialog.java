package dev.backstay.ui.upkeep;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.SystemClipboard;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.maintenance.SnapshotChoice;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.maintenance.UsageInfo.AmountsInfo;
import dev.backstay.workflow.maintenance.UsageInfo.PointUsage;
import dev.backstay.workflow.maintenance.UsageInfo.VolumeUsage;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/// How much a repository holds, in all, by restore point and by PVC, and what it takes to store it.
final class StatisticsDialog {

  private static final double WIDTH = 920;

  private final Upkeep upkeep;
  private final Dialogs dialogs;
  private final String title;

  StatisticsDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.dialogs = upkeep.dialogs();
    this.title = upkeep.title("statistics.title");
  }

  void show() {
    RepositoryMaintenance maintenance = upkeep.maintenance();
    upkeep.metered(
        title,
        Texts.of("repositories.check.cancelled"),
        (cancel, meter) -> maintenance.usage(SnapshotChoice.ALL, cancel, meter),
        this::counted);
  }

  private void counted(UsageInfo usage) {
    VBox state = new VBox();
    Button copy = new Button(Texts.of("statistics.copy"), Icons.of("mdi2c-content-copy"));
    copy.setId("statistics-copy");
    copy.setOnAction(_ -> copy(usage, copy, state));
    Button close = dialogs.action(Texts.of("action.close"), false, dialogs::hide);
    VBox card =
        dialogs.card(
            title,
            new VBox(
                12,
                totals(usage),
                Section.text(Texts.of("statistics.why"), "muted"),
                tabs(usage),
                state),
            copy,
            close);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
  }

  private Node totals(UsageInfo usage) {
    AmountsInfo total = usage.total();
    Facts facts =
        new Facts()
            .add("statistics.snapshots", snapshots(usage))
            .add("statistics.files", Amounts.count(total.files()))
            .add("statistics.logical", Amounts.bytes(total.logical()))
            .add("statistics.unique", Amounts.bytes(total.unique()))
            .add(
                "statistics.stored",
                Texts.of(
                    "statistics.stored.line",
                    Amounts.bytes(total.stored()),
                    Amounts.ratio(total.compression()),
                    Amounts.ratio((double) total.logical() / total.stored())))
            .add(
                "statistics.packs",
                Texts.of("statistics.packs.line", Amounts.bytes(usage.packs())));
    facts.setId("statistics-total");
    return facts;
  }

  private String snapshots(UsageInfo usage) {
    String id = upkeep.repository().id();
    long points =
        upkeep.desk().points().all().stream().filter(p -> p.repository().equals(id)).count();
    return Texts.of(
        "statistics.snapshots.line", Amounts.count(usage.points().size()), Amounts.count(points));
  }

  private Node tabs(UsageInfo usage) {
    TabPane tabs =
        new TabPane(
            new Tab(Texts.of("statistics.by-point"), points(usage.points())),
            new Tab(Texts.of("statistics.by-volume"), volumes(usage.volumes())));
    tabs.setId("statistics-tabs");
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setPrefHeight(300);
    return tabs;
  }

  /// The newest first.
  private TableView<PointUsage> points(List<PointUsage> points) {
    TableView<PointUsage> table = table("statistics-points", "statistics.by-point");
    Columns.text(
        column(table, "taken", 155),
        p -> Amounts.minute(p.snapshot().time()),
        p -> p.snapshot().time());
    Columns.text(column(table, "paths", 95), p -> String.join(", ", p.snapshot().paths()));
    Columns.text(column(table, "host", 95), p -> upkeep.host(p.snapshot().hostname()));
    Columns.text(column(table, "id", 80), p -> p.snapshot().shortId());
    amounts(table, PointUsage::amounts);
    table.getItems().setAll(points.reversed());
    return table;
  }

  private static TableView<VolumeUsage> volumes(List<VolumeUsage> volumes) {
    TableView<VolumeUsage> table = table("statistics-volumes", "statistics.by-volume");
    Columns.text(column(table, "namespace", 125), VolumeUsage::namespace);
    Columns.text(column(table, "pvc", 165), VolumeUsage::volume);
    Columns.amount(
        column(table, "points", 130), v -> Amounts.count(v.points()), VolumeUsage::points);
    amounts(table, VolumeUsage::amounts);
    table.getItems().setAll(volumes);
    return table;
  }

  private static <R> TableView<R> table(String id, String name) {
    TableView<R> table = new TableView<>();
    table.setId(id);
    table.setAccessibleText(Texts.of(name));
    table.setPlaceholder(Section.text(Texts.of("statistics.none"), "muted"));
    return table;
  }

  private static <R> TableColumn<R, R> column(TableView<R> table, String name, double width) {
    return Columns.add(table, Texts.of("statistics.column." + name), width);
  }

  private static <R> void amounts(TableView<R> table, Function<R, AmountsInfo> amounts) {
    Columns.amount(
        column(table, "files", 60),
        r -> Amounts.count(amounts.apply(r).files()),
        r -> amounts.apply(r).files());
    bytes(table, "logical", r -> amounts.apply(r).logical());
    bytes(table, "unique", r -> amounts.apply(r).unique());
    bytes(table, "stored", r -> amounts.apply(r).stored());
    bytes(table, "own", r -> amounts.apply(r).own());
    Columns.amount(
        column(table, "ratio", 60),
        r -> Amounts.ratio(amounts.apply(r).compression()),
        r -> amounts.apply(r).compression());
    Columns.fill(table);
  }

  private static <R> void bytes(TableView<R> table, String name, Function<R, Long> bytes) {
    Columns.amount(column(table, name, 80), r -> Amounts.bytes(bytes.apply(r)), bytes);
  }

  private void copy(UsageInfo usage, Button button, VBox state) {
    var _ =
        upkeep
            .desk()
            .background()
            .ask(
                _ -> upkeep.desk().surroundings().document(usage),
                text -> {
                  SystemClipboard.put(text);
                  button.setText(Texts.of("about.copied"));
                },
                error -> state.getChildren().setAll(Notice.of(error)));
  }
}
