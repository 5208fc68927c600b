package dev.backstay.ui.upkeep;

import dev.backstay.model.ItemFailure;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.maintenance.PlannedRepair;
import dev.backstay.workflow.maintenance.RepairStep;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What a repair would do, file by file, before it does it; and what comes after it.
final class RepairPlanDialog {

  private static final double WIDTH = 820;
  private static final String PACK = "data/";

  private final Upkeep upkeep;
  private final Dialogs dialogs;
  private final Repair repair;
  private final boolean loses;
  private final PlannedRepair plan;
  private final String title;
  private final TableView<RepairStep> table = new TableView<>();
  private final TextArea details = new TextArea();
  private final CheckBox agreed = new CheckBox(Texts.of("repair.agree"));

  /// @param loses whether something is gone afterwards, which has to be agreed to
  RepairPlanDialog(Upkeep upkeep, Repair repair, boolean loses, PlannedRepair plan) {
    this.upkeep = upkeep;
    this.dialogs = upkeep.dialogs();
    this.repair = repair;
    this.loses = loses;
    this.plan = plan;
    this.title = upkeep.title("repair." + repair.word() + ".title");
    agreed.setId("repair-agree");
    details.setId("repair-details");
    details.setAccessibleText(Texts.of("repair.details"));
    details.setEditable(false);
    details.setPrefRowCount(5);
    details.getStyleClass().add("mono");
    table();
  }

  private void table() {
    table.setId("repair-plan");
    table.setAccessibleText(Texts.of("repair.steps"));
    table.setPrefHeight(220);
    Columns.node(
        Columns.add(table, Texts.of("repair.column.action"), 95),
        step -> new Badge(step.action(), tone(step.action())));
    Columns.text(
        Columns.add(table, Texts.of("repair.column.file"), 210), step -> brief(step.item()));
    Columns.text(Columns.add(table, Texts.of("repair.column.what"), 440), RepairStep::message);
    Columns.fill(table);
    table.getItems().setAll(plan.steps());
    table.getSelectionModel().selectedItemProperty().subscribe(this::details);
    table.getSelectionModel().selectFirst();
  }

  private static Badge.Tone tone(String action) {
    return switch (action) {
      case "drop", "forget" -> Badge.Tone.BAD;
      case "replace", "salvage" -> Badge.Tone.WARN;
      case "add", "tidy" -> Badge.Tone.OK;
      default -> Badge.Tone.PLAIN;
    };
  }

  /// `data/0123456789ab`: the whole id stands in the details.
  private static String brief(String item) {
    return item.substring(0, Math.min(item.length(), item.indexOf('/') + 13));
  }

  private void details(@Nullable RepairStep step) {
    details.setText(step == null ? "" : step.item() + "\n" + String.join("\n", step.details()));
  }

  void show() {
    VBox body = new VBox(12);
    if (plan.steps().isEmpty()) {
      body.getChildren().add(nothing());
    } else {
      body.getChildren()
          .addAll(Section.text(Texts.count("repair.found", plan.steps().size())), table, details);
    }
    if (!plan.warnings().isEmpty()) {
      body.getChildren().add(Findings.of(List.of(), plan.warnings()));
    }
    List<String> damaged = damaged();
    if (repair == Repair.INDEX && plan.isEmpty() && !damaged.isEmpty()) {
      body.getChildren()
          .add(
              Upkeep.button(
                  "repair-packs-next",
                  "repair.packs.do",
                  () -> upkeep.repair(Repair.PACKS, damaged)));
    }
    if (loses && !plan.isEmpty()) {
      body.getChildren().add(agreed);
    }
    Button go = dialogs.action(Texts.of("repair.do"), loses, this::apply);
    if (plan.isEmpty()) {
      go.setDisable(true);
    } else if (loses) {
      go.disableProperty().bind(agreed.selectedProperty().not());
    }
    VBox card = dialogs.card(title, body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
  }

  private Node nothing() {
    return plan.warnings().isEmpty()
        ? Notice.ok(Texts.of("repair.nothing"))
        : Section.text(Texts.of("repair.nothing"));
  }

  /// Packs that the index knows and that cannot be understood.
  private List<String> damaged() {
    return plan.warnings().stream()
        .map(ItemFailure::item)
        .filter(item -> item.startsWith(PACK))
        .map(item -> item.substring(PACK.length()))
        .toList();
  }

  private void apply() {
    upkeep.metered(title, Texts.of("repair.cancelled"), plan::apply, this::done);
  }

  /// @param made ids of snapshots
  private void done(List<String> made) {
    upkeep.repository().checked(null); // what was found then is not so any more
    upkeep.desk().repositories().refresh();
    VBox body = new VBox(12, Notice.ok(Texts.of("repair.done")));
    if (!made.isEmpty()) {
      body.getChildren().add(Section.text(Texts.count("repair.made", made.size())));
    }
    Button check = Upkeep.button("repair-check", "repositories.check", () -> upkeep.check(false));
    check.getStyleClass().add("accent");
    body.getChildren()
        .addAll(
            Section.text(Texts.of("repair.check")),
            new HBox(
                8,
                check,
                Upkeep.button(
                    "repair-check-data", "repositories.check-data", () -> upkeep.check(true))));
    upkeep.tell(title, body, true);
  }
}
