package dev.backstay.ui.upkeep;

import dev.backstay.model.StorageException;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.maintenance.PlannedRepair;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.maintenance.SnapshotChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javafx.beans.binding.BooleanExpression;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Which repair, and of what. The next step is its plan.
final class RepairDialog {

  private static final double WIDTH = 640;
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  private final Upkeep upkeep;
  private final String title;
  private final ToggleGroup group = new ToggleGroup();
  private final CheckBox readAll = box("repair-read-all", "repair.index.all");
  private final TextField packs = field("repair-packs-ids", "repair.packs.ids");
  private final CheckBox keep = box("repair-keep", "repair.packs.keep");
  private final TextField copies = field("repair-copies", "repair.packs.copies");
  private final TextField snapshots = field("repair-snapshots-ids", "repair.snapshots.ids");
  private final CheckBox forget = box("repair-forget", "repair.snapshots.forget");
  private final VBox body = new VBox(14);

  /// @param damaged ids of packs
  RepairDialog(Upkeep upkeep, Repair chosen, List<String> damaged) {
    this.upkeep = upkeep;
    this.title = upkeep.title("repair.title");
    packs.setText(String.join(" ", damaged.stream().map(RepairDialog::brief).toList()));
    packs.setPromptText(Texts.of("repair.packs.prompt"));
    snapshots.setPromptText(Texts.of("repair.snapshots.prompt"));
    keep.setSelected(true);
    copies.setText(folder());
    copies.disableProperty().bind(keep.selectedProperty().not());
    body.getChildren()
        .addAll(
            Section.text(Texts.of("repair.why"), "muted"),
            part(Repair.INDEX, chosen, readAll),
            part(Repair.PACKS, chosen, label("repair.packs.ids", packs), packs, keep, copies),
            part(
                Repair.SNAPSHOTS,
                chosen,
                label("repair.snapshots.ids", snapshots),
                snapshots,
                forget));
  }

  /// restic's short names, unless there are so many that two may begin alike.
  private static String brief(String id) {
    return id.substring(0, Math.min(id.length(), 12));
  }

  /// Where copies of damaged packs are proposed to go.
  private String folder() {
    Path data = upkeep.desk().surroundings().folders().get("data");
    return data == null ? "" : data.resolve("damaged-packs").toString();
  }

  private static CheckBox box(String id, String key) {
    CheckBox box = new CheckBox(Texts.of(key));
    box.setId(id);
    box.setWrapText(true);
    return box;
  }

  private static TextField field(String id, String key) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(Texts.of(key));
    return field;
  }

  private static Label label(String key, TextField of) {
    Label label = new Label(Texts.of(key));
    label.setLabelFor(of);
    return label;
  }

  /// A repair, and below it what can be said about it once it is chosen.
  private Node part(Repair repair, Repair chosen, Node... options) {
    RadioButton choice = new RadioButton(Texts.of("repair." + repair.word()));
    choice.setId("repair-" + repair.word());
    choice.getStyleClass().add("strong");
    choice.setToggleGroup(group);
    choice.setUserData(repair);
    choice.setSelected(repair == chosen);
    VBox below = new VBox(8, options);
    BooleanExpression shown = choice.selectedProperty();
    below.visibleProperty().bind(shown);
    below.managedProperty().bind(shown);
    VBox inside =
        new VBox(8, Section.text(Texts.of("repair." + repair.word() + ".why"), "muted"), below);
    inside.setStyle("-fx-padding: 0 0 0 26;");
    return new VBox(6, choice, inside);
  }

  void show() {
    VBox card =
        upkeep
            .dialogs()
            .card(
                title,
                body,
                upkeep.dialogs().cancel(),
                upkeep.dialogs().action(Texts.of("repair.plan"), false, this::plan));
    card.setPrefWidth(WIDTH);
    upkeep.dialogs().show(card);
  }

  private void plan() {
    RepositoryMaintenance maintenance = upkeep.maintenance();
    switch ((Repair) group.getSelectedToggle().getUserData()) {
      case INDEX -> {
        boolean all = readAll.isSelected();
        plan(Repair.INDEX, false, (c, m) -> maintenance.repairIndex(all, c, m));
      }
      case PACKS -> {
        List<String> ids = words(packs);
        String folder = keep.isSelected() ? copies.getText().strip() : "";
        plan(Repair.PACKS, true, (c, m) -> maintenance.repairPacks(ids, made(folder), c, m));
      }
      case SNAPSHOTS -> {
        SnapshotChoice choice =
            new SnapshotChoice(words(snapshots), List.of(), List.of(), List.of());
        boolean gone = forget.isSelected();
        plan(Repair.SNAPSHOTS, gone, (c, m) -> maintenance.repairSnapshots(choice, gone, c, m));
      }
    }
  }

  /// @param loses whether something is gone afterwards
  private void plan(Repair repair, boolean loses, MeteredDialog.Task<PlannedRepair> planning) {
    upkeep.metered(
        title,
        Texts.of("repair.plan.cancelled"),
        planning,
        plan -> new RepairPlanDialog(upkeep, repair, loses, plan).show());
  }

  private static List<String> words(TextField field) {
    return BETWEEN.splitAsStream(field.getText()).filter(word -> !word.isBlank()).toList();
  }

  /// The folder, which is there then; null for none.
  private static @Nullable Path made(String folder) {
    if (folder.isEmpty()) {
      return null;
    }
    try {
      return Files.createDirectories(Path.of(folder));
    } catch (IOException | InvalidPathException e) {
      throw new StorageException(
          "repair.no-folder",
          "the folder " + folder + " for copies of damaged packs cannot be made: " + e.getMessage(),
          Texts.of("repair.packs.other-folder"),
          e);
    }
  }
}
