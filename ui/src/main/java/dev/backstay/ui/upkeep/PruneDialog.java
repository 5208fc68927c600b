package dev.backstay.ui.upkeep;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.repository.PruneRepositoryOutcome;
import dev.backstay.workflow.repository.PruneRepositoryPlan;
import dev.backstay.workflow.repository.PruneRepositoryRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What no snapshot needs, what a prune would do about it, and what it did. Marking may take long,
/// so it has a progress of its own and the choices lead to another plan.
final class PruneDialog {

  private static final double WIDTH = 680;

  private final Upkeep upkeep;
  private final Dialogs dialogs;
  private final RepositorySession session;
  private final String title;
  private final CheckBox exclusive = new CheckBox(Texts.of("prune.exclusive"));
  private final TextField unused = field("max-unused");
  private final TextField repack = field("max-repack");

  PruneDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.dialogs = upkeep.dialogs();
    this.session = upkeep.session();
    this.title = upkeep.title("prune.title");
    exclusive.setId("prune-exclusive");
  }

  private static TextField field(String name) {
    TextField field = new TextField();
    field.setId("prune-" + name);
    field.setPromptText(Texts.of("prune." + name + ".prompt"));
    field.setAccessibleText(Texts.of("prune." + name));
    field.setPrefColumnCount(8);
    return field;
  }

  /// Marks, then shows the plan.
  void show() {
    PruneRepositoryRequest request =
        new PruneRepositoryRequest(
            exclusive.isSelected(),
            unused.getText().strip(),
            repack.getText().strip(),
            false,
            false,
            false,
            List.of());
    upkeep.metered(
        title,
        Texts.of("prune.cancelled"),
        (cancel, meter) -> session.plan(request, cancel, meter),
        this::planned);
  }

  private void planned(PruneRepositoryPlan plan) {
    VBox body = new VBox(12, Section.text(Texts.of("prune.why"), "muted"), facts(plan));
    plan.obstacles().forEach(text -> body.getChildren().add(Notice.warn(text)));
    if (plan.isEmpty()) {
      body.getChildren().add(Notice.ok(Texts.of("prune.nothing")));
    }
    body.getChildren().add(choices());
    Button go = dialogs.action(Texts.of("prune.do"), true, () -> apply(plan));
    go.setDisable(plan.isEmpty());
    VBox card = dialogs.card(title, body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
  }

  private Node choices() {
    Button again = new Button(Texts.of("prune.again"));
    again.setId("prune-again");
    again.setMinWidth(Region.USE_PREF_SIZE);
    again.setOnAction(_ -> show());
    HBox row =
        new HBox(
            8, label("max-unused", unused), unused, label("max-repack", repack), repack, again);
    row.setAlignment(Pos.CENTER_LEFT);
    return new VBox(8, exclusive, row);
  }

  private static Label label(String name, TextField of) {
    Label label = new Label(Texts.of("prune." + name));
    label.setLabelFor(of);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static Facts facts(PruneRepositoryPlan plan) {
    PruneRepositoryPlan.Amounts a = plan.amounts();
    Facts facts =
        new Facts()
            .add("prune.snapshots", Amounts.count(a.snapshots()))
            .add("prune.used", Amounts.bytes(a.usedBytes()))
            .add("prune.unused", Amounts.bytes(a.unusedBytes() + a.duplicateBytes()))
            .add(
                "prune.packs",
                Texts.of(
                    "prune.packs.line",
                    Amounts.count(a.packsToKeep()),
                    Amounts.count(a.packsToRepack()),
                    Amounts.bytes(a.repackBytes()),
                    Amounts.count(a.packsToRemove() + a.strayPacks())));
    if (a.ripePacks() + a.restingPacks() > 0) {
      facts.add(
          "prune.aside",
          Texts.of(
              "prune.aside.line",
              Amounts.count(a.ripePacks()),
              Amounts.bytes(a.ripeBytes()),
              Amounts.count(a.restingPacks()),
              Amounts.bytes(a.restingBytes())));
    }
    return facts
        .add("prune.frees", Amounts.bytes(a.freedBytes()))
        .add("prune.left", Amounts.bytes(a.unusedBytesAfter()));
  }

  private void apply(PruneRepositoryPlan plan) {
    upkeep.metered(
        title,
        Texts.of("prune.cancelled"),
        (cancel, meter) -> session.apply(plan, cancel, meter),
        this::done);
  }

  private void done(PruneRepositoryOutcome outcome) {
    VBox body =
        new VBox(
            8,
            Notice.ok(
                Texts.of(
                    "prune.done",
                    Amounts.count(outcome.packsDeleted()),
                    Amounts.bytes(Math.max(0, outcome.bytesFreed() - outcome.bytesWritten())))));
    if (outcome.packsSetAside() > 0) {
      body.getChildren()
          .add(
              Notice.info(
                  Texts.of(
                      "prune.set-aside",
                      Amounts.count(outcome.packsSetAside()),
                      Amounts.bytes(outcome.bytesSetAside()))));
    }
    outcome.postponed().forEach(text -> body.getChildren().add(Notice.warn(text)));
    dialogs.tell(title, body);
  }
}
