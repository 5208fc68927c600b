package dev.backstay.ui.restore;

import dev.backstay.model.ItemFailure;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.part.Verbs;
import dev.backstay.workflow.restore.PlannedObject;
import dev.backstay.workflow.restore.PlannedVolume;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestorePreview;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The third page: what would happen to each object and volume, and why.
final class PlanPage extends StackPane {

  private static final String EXISTS = "restore.exists";
  private static final String NO_CLASS = "restore.no-class";

  private final RestoreViewModel model;
  private final VBox content = new VBox(14);

  PlanPage(RestoreViewModel model) {
    this.model = model;
    content.setStyle("-fx-padding: 0 20 14 20;");
    content.setId("restore-plan");
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    StatePane state = new StatePane(scroll);
    state.loadProperty().bind(model.loadProperty());
    state.setRetry(model::plan);
    getChildren().add(state);
    model.planProperty().subscribe(this::show);
  }

  private void show(@Nullable RestorePlan plan) {
    content.getChildren().clear();
    if (plan == null) {
      return;
    }
    RestorePreview preview = plan.preview();
    content.getChildren().addAll(blockers(preview));
    if (plan.resumes().isPresent()) {
      String job = plan.resumes().get().text();
      content.getChildren().add(Notice.info(Texts.of("restore.resumes", job)));
    }
    content.getChildren().addAll(missing(preview));
    if (plan.destroys()) {
      content.getChildren().add(agreement(preview));
    }
    if (RestoreTotals.nothing(plan)) {
      boolean conflict = preview.count(PlannedObject.Action.CONFLICT) > 0;
      content
          .getChildren()
          .add(
              conflict
                  ? Notice.bad(Texts.of("restore.all-conflict"), change())
                  : Notice.info(Texts.of("restore.nothing"), change()));
    }
    content.getChildren().add(counts(preview));
    if (preview.createsNamespace()) {
      content
          .getChildren()
          .add(Section.text(Texts.of("restore.creates-namespace", preview.namespace())));
    }
    if (!preview.pauses().isEmpty()) {
      content.getChildren().add(pauses(preview));
    }
    if (!preview.volumes().isEmpty()) {
      TableView<PlannedVolume> table = volumes(preview.volumes());
      content
          .getChildren()
          .add(
              new Section(
                  Texts.of("restore.plan.volumes"),
                  table,
                  new FilesSection(model.desk().background(), plan, table)));
    }
    if (!preview.objects().isEmpty()) {
      content
          .getChildren()
          .add(new Section(Texts.of("restore.plan.objects"), objects(preview.objects())));
    }
    content.getChildren().addAll(Notice.of(preview.warnings(), false).getChildren());
  }

  private Button change() {
    Button back = new Button(Texts.of("restore.nothing.back"));
    back.setId("restore-change");
    back.setMinWidth(USE_PREF_SIZE);
    back.setOnAction(_ -> model.go(RestoreViewModel.Step.WHERE));
    return back;
  }

  /// Objects that are there, where none was to be, are one strip: the table marks each.
  private List<Node> blockers(RestorePreview preview) {
    List<ItemFailure> there =
        preview.blockers().stream().filter(b -> b.code().equals(EXISTS)).toList();
    List<ItemFailure> others =
        preview.blockers().stream().filter(b -> !b.code().equals(EXISTS)).distinct().toList();
    List<Node> nodes = new ArrayList<>(Notice.of(others, true).getChildren());
    if (others.stream().anyMatch(b -> b.code().equals(NO_CLASS))) {
      Button classes = change();
      classes.setText(Texts.of("restore.no-class.choose"));
      nodes.add(classes);
    }
    if (!there.isEmpty()) {
      nodes.addFirst(
          Notice.bad(
              Texts.of(
                  "restore.exists",
                  Texts.count("count.manifests", there.size()),
                  preview.namespace()),
              change()));
    }
    return nodes;
  }

  /// Verb by verb; those with consequences of their own keep their strip.
  private static List<Node> missing(RestorePreview preview) {
    List<ItemFailure> plain =
        preview.missing().stream()
            .filter(m -> m.message().equals("you may not " + m.item()))
            .toList();
    List<ItemFailure> others =
        preview.missing().stream().filter(m -> !plain.contains(m)).distinct().toList();
    List<Node> nodes = new ArrayList<>();
    if (!plain.isEmpty()) {
      List<String> lines = Verbs.lines(plain.stream().map(ItemFailure::item).toList());
      nodes.add(Notice.warn(Texts.of("restore.rights") + "\n" + String.join("\n", lines)));
    }
    nodes.addAll(Notice.of(others, false).getChildren());
    return nodes;
  }

  private Node agreement(RestorePreview preview) {
    CheckBox box = new CheckBox(Texts.of("restore.agree"));
    box.setId("restore-agree");
    box.selectedProperty().bindBidirectional(model.agreedProperty());
    String safety = preview.safetyBackUp() ? " " + Texts.of("restore.safety") : "";
    return new VBox(8, Notice.bad(Texts.of("restore.destroys") + safety), box);
  }

  private static Node counts(RestorePreview preview) {
    FlowPane row = new FlowPane(6, 6);
    for (PlannedObject.Action action : PlannedObject.Action.values()) {
      long count = preview.count(action);
      if (count > 0) {
        row.getChildren().add(new Badge(action.text() + "  " + count, tone(action)));
      }
    }
    return row;
  }

  private static Badge.Tone tone(PlannedObject.Action action) {
    return switch (action) {
      case CREATE -> Badge.Tone.OK;
      case EXISTS_SKIP, LEFT_OUT -> Badge.Tone.PLAIN;
      case OVERWRITE -> Badge.Tone.WARN;
      case CONFLICT -> Badge.Tone.BAD;
    };
  }

  private static Badge.Tone tone(PlannedVolume.Action action) {
    return switch (action) {
      case FILL -> Badge.Tone.OK;
      case KEEP -> Badge.Tone.PLAIN;
      case MERGE, MIRROR -> Badge.Tone.WARN;
      case CONFLICT -> Badge.Tone.BAD;
    };
  }

  private static Node pauses(RestorePreview preview) {
    String lines =
        preview.pauses().stream()
            .map(p ->
                Texts.of(
                    "restore.pause",
                    p.workload(),
                    Texts.count("count.replicas", p.replicas()),
                    p.reason()))
            .collect(Collectors.joining("\n"));
    return new Section(Texts.of("restore.pauses"), Section.text(lines));
  }

  private static TableView<PlannedVolume> volumes(List<PlannedVolume> volumes) {
    TableView<PlannedVolume> table = table("restore-volumes", volumes);
    table.setAccessibleText(Texts.of("restore.plan.volumes"));
    Columns.node(
        column(table, "restore.column.action", 110),
        v -> new Badge(v.action().text(), tone(v.action())));
    Columns.text(column(table, "restore.column.pvc", 170), PlannedVolume::pvc);
    if (volumes.stream().anyMatch(v -> !v.paths().isEmpty())) {
      Columns.text(column(table, "restore.column.paths", 210), PlanPage::paths);
    }
    Columns.amount(
        column(table, "restore.column.files", 80),
        v -> Amounts.count(v.files()),
        PlannedVolume::files);
    Columns.amount(
        column(table, "restore.column.bytes", 90),
        v -> Amounts.bytes(v.bytes()),
        PlannedVolume::bytes);
    Columns.text(column(table, "restore.column.class", 110), PlannedVolume::storageClass);
    Columns.text(column(table, "restore.column.reason", 320), PlanPage::why);
    return table;
  }

  private static String paths(PlannedVolume volume) {
    return volume.paths().isEmpty()
        ? Texts.of("restore.paths.all")
        : String.join(", ", volume.paths());
  }

  private static String why(PlannedVolume volume) {
    String losses = String.join("; ", volume.losses());
    return volume.reason().isEmpty()
        ? losses
        : volume.reason() + (losses.isEmpty() ? "" : "; " + losses);
  }

  private static Node objects(List<PlannedObject> objects) {
    TableView<PlannedObject> table = table("restore-objects", sorted(objects));
    table.setAccessibleText(Texts.of("restore.plan.objects"));
    Columns.node(
        column(table, "restore.column.action", 110),
        o -> new Badge(o.action().text(), tone(o.action())));
    Columns.text(column(table, "restore.column.object", 300), PlannedObject::object);
    Columns.text(column(table, "restore.column.reason", 470), PlanPage::why);
    return table;
  }

  /// What changes before what stays; else in the order in which they are applied.
  private static List<PlannedObject> sorted(List<PlannedObject> objects) {
    return objects.stream().sorted(Comparator.comparingInt(o -> rank(o.action()))).toList();
  }

  private static int rank(PlannedObject.Action action) {
    return switch (action) {
      case CONFLICT -> 0;
      case OVERWRITE -> 1;
      case CREATE -> 2;
      case EXISTS_SKIP -> 3;
      case LEFT_OUT -> 4;
    };
  }

  private static String why(PlannedObject object) {
    return java.util.stream.Stream.of(List.of(object.reason()), object.notes(), object.changes())
        .flatMap(List::stream)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  static <R> TableView<R> table(String id, List<R> rows) {
    TableView<R> table = new TableView<>();
    table.setId(id);
    table.getItems().setAll(rows);
    Columns.fill(table);
    table.setPlaceholder(new Label());
    table.setPrefHeight(Math.min(360, 44 + 34 * Math.max(1, rows.size())));
    table.setMinHeight(table.getPrefHeight());
    return table;
  }

  static <R> TableColumn<R, R> column(TableView<R> table, String key, double width) {
    TableColumn<R, R> column = new TableColumn<>(Texts.of(key));
    column.setId(key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    column.setPrefWidth(width);
    table.getColumns().add(column);
    return column;
  }
}
