package dev.backstay.ui.upkeep;

import dev.backstay.model.ItemFailure;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.repository.CheckInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A check, what it found, and the way to what repairs it.
final class CheckDialog {

  private final Upkeep upkeep;
  private final String title;

  CheckDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.title = upkeep.title("repositories.check.title");
  }

  void run(boolean data) {
    RepositorySession session = upkeep.session();
    upkeep.metered(
        title,
        Texts.of("repositories.check.cancelled"),
        (cancel, meter) -> session.check(data, cancel, meter),
        this::found);
  }

  private void found(CheckInfo info) {
    upkeep.repository().checked(info);
    RepairAdvice advice = RepairAdvice.of(info);
    VBox body = new VBox(10);
    body.getChildren()
        .add(
            info.sound()
                ? Notice.ok(Texts.of("repositories.sound"))
                : Notice.bad(Texts.count("repositories.damaged", info.damage().size())));
    body.getChildren()
        .add(
            Section.text(
                Texts.of(
                    "repositories.checked",
                    Amounts.count(info.snapshots()),
                    Amounts.count(info.trees()),
                    Amounts.count(info.packs()),
                    Amounts.bytes(info.bytesRead())),
                "muted"));
    if (!info.damage().isEmpty() || !info.hints().isEmpty()) {
      body.getChildren().add(findings(info, advice.next() != null));
    }
    HBox ways = new HBox(8);
    Repair next = advice.next();
    if (next != null) {
      body.getChildren().add(Section.text(Texts.of("check.next." + next.word())));
      Button repair =
          Upkeep.button(
              "check-repair",
              "repair." + next.word() + ".do",
              () -> upkeep.repair(next, advice.packs()));
      repair.getStyleClass().add("accent");
      ways.getChildren().add(repair);
    }
    if (advice.keys()) {
      ways.getChildren().add(Upkeep.button("check-keys", "upkeep.keys", upkeep::keys));
    }
    if (advice.locks()) {
      ways.getChildren().add(Upkeep.button("check-locks", "upkeep.locks", upkeep::locks));
    }
    if (!ways.getChildren().isEmpty()) {
      ways.setAlignment(Pos.CENTER_LEFT);
      body.getChildren().add(ways);
    }
    upkeep.tell(title, body, next != null);
  }

  /// @param led whether a button says what the findings would say in the words of the command line
  private static Node findings(CheckInfo info, boolean led) {
    List<ItemFailure> damage =
        led ? info.damage().stream().map(CheckDialog::withoutRemedy).toList() : info.damage();
    return Findings.of(damage, info.hints());
  }

  private static ItemFailure withoutRemedy(ItemFailure finding) {
    return new ItemFailure(finding.item(), finding.code(), finding.message(), "");
  }
}
