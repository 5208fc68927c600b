package dev.backstay.ui.repositories;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.repository.BackUpFoldersOutcome;
import dev.backstay.workflow.repository.BackUpFoldersRequest;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.RestoreFolderOutcome;
import dev.backstay.workflow.repository.RestoreFolderRequest;
import dev.backstay.workflow.repository.RestoreFolderRequest.Existing;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/// Folders of this machine into a repository, and snapshots into folders.
public final class FolderDialogs {

  private static final Pattern LINES = Pattern.compile("\\R");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final double WIDTH = 620;

  private final Desk desk;
  private final Dialogs dialogs;

  public FolderDialogs(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  /// Asks which folders, and makes a snapshot of them.
  ///
  /// @param then what comes after there is one
  void backUp(RepositorySession session, Runnable then) {
    TextArea paths = area("folders-paths", "folders.paths", 4);
    TextArea excludes = area("folders-excludes", "folders.excludes", 2);
    TextField tags = field("folders-tags", "folders.tags");
    TextField host = field("folders-host", "folders.host");
    CheckBox force = new CheckBox(Texts.of("folders.back-up.force"));
    force.setId("folders-force");
    Button choose =
        chooser(
            "folders-choose",
            folder ->
                paths.setText(
                    paths.getText().isBlank() ? folder : paths.getText().strip() + "\n" + folder));
    VBox body =
        new VBox(
            10,
            new VBox(4, Section.text(Texts.of("folders.paths")), paths, choose),
            new VBox(4, Section.text(Texts.of("folders.excludes")), excludes),
            new VBox(4, Section.text(Texts.of("folders.tags")), tags),
            new VBox(4, Section.text(Texts.of("folders.host")), host),
            force);
    Button go =
        dialogs.action(
            Texts.of("folders.back-up.action"),
            false,
            () ->
                backUp(
                    session,
                    new BackUpFoldersRequest(
                        split(paths, LINES).stream().map(Path::of).toList(),
                        split(excludes, LINES),
                        split(tags, SPACES),
                        host.getText().strip(),
                        force.isSelected()),
                    then));
    go.disableProperty().bind(paths.textProperty().map(String::isBlank));
    show(Texts.of("folders.back-up.title"), body, go, paths);
  }

  private void backUp(RepositorySession session, BackUpFoldersRequest request, Runnable then) {
    new MeteredDialog(dialogs, desk.background())
        .run(
            Texts.of("folders.back-up.running"),
            Texts.of("folders.back-up.cancelled"),
            (cancel, meter) -> session.backUp(request, cancel, meter),
            outcome -> {
              then.run();
              dialogs.tell(Texts.of("folders.back-up.title"), told(outcome));
            });
  }

  private static Node told(BackUpFoldersOutcome outcome) {
    SnapshotInfo made = outcome.snapshot();
    VBox body =
        new VBox(
            8,
            Notice.ok(
                Texts.of(
                    "folders.back-up.done",
                    made.shortId(),
                    Texts.count("count.files", made.files()),
                    Amounts.bytes(made.bytes()),
                    Amounts.bytes(outcome.addedBytes()),
                    Amounts.bytes(outcome.storedBytes()))));
    body.getChildren().addAll(Notice.of(outcome.failures(), true).getChildren());
    body.getChildren().addAll(Notice.of(outcome.warnings(), false).getChildren());
    return body;
  }

  /// Asks where to, and writes a part of a snapshot there.
  ///
  /// @param path which folder or file of it, `/` for everything
  void restore(RepositorySession session, SnapshotInfo snapshot, String path) {
    TextField target = field("folders-target", "folders.target");
    target.setText(
        Path.of(System.getProperty("user.home", "."), "snapshot-" + snapshot.shortId()).toString());
    HBox.setHgrow(target, Priority.ALWAYS);
    HBox line = new HBox(8, target, chooser("folders-choose", target::setText));
    line.setAlignment(Pos.CENTER_LEFT);
    ToggleGroup group = new ToggleGroup();
    VBox existing = new VBox(6);
    for (Existing choice :
        List.of(Existing.SKIP, Existing.OVERWRITE, Existing.FAIL, Existing.KEEP_BOTH)) {
      String word = choice.name().toLowerCase(Locale.ROOT);
      RadioButton button = new RadioButton(Texts.of("folders.existing." + word));
      button.setId("folders-existing-" + word);
      button.setUserData(choice);
      button.setToggleGroup(group);
      button.setSelected(choice == Existing.SKIP);
      existing.getChildren().add(button);
    }
    CheckBox agreed = new CheckBox(Texts.of("folders.restore.overwrites"));
    agreed.setId("folders-agree");
    agreed
        .visibleProperty()
        .bind(group.selectedToggleProperty().map(t -> t.getUserData() == Existing.OVERWRITE));
    agreed.managedProperty().bind(agreed.visibleProperty());
    CheckBox sparse = new CheckBox(Texts.of("folders.sparse"));
    sparse.setId("folders-sparse");
    CheckBox owners = new CheckBox(Texts.of("folders.owners"));
    owners.setId("folders-owners");
    Label plan = Section.text("", "strong");
    plan.setId("folders-plan");
    plan.textProperty()
        .bind(
            target
                .textProperty()
                .map(to ->
                    Texts.of(
                        "folders.restore.plan",
                        path,
                        snapshot.shortId(),
                        Amounts.moment(snapshot.time()),
                        to)));
    VBox body =
        new VBox(
            12,
            new VBox(4, Section.text(Texts.of("folders.target")), line),
            new Section(Texts.of("folders.existing"), existing, agreed),
            new VBox(6, sparse, owners),
            plan);
    Button go =
        dialogs.action(
            Texts.of("folders.restore.action"),
            false,
            () ->
                restore(
                    session,
                    new RestoreFolderRequest(
                        snapshot.id(),
                        path,
                        Path.of(target.getText().strip()),
                        (Existing) group.getSelectedToggle().getUserData(),
                        sparse.isSelected(),
                        owners.isSelected())));
    go.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> target.getText().isBlank() || (agreed.isVisible() && !agreed.isSelected()),
                target.textProperty(),
                agreed.visibleProperty(),
                agreed.selectedProperty()));
    show(Texts.of("folders.restore.title"), body, go, target);
  }

  private void restore(RepositorySession session, RestoreFolderRequest request) {
    new MeteredDialog(dialogs, desk.background())
        .run(
            Texts.of("folders.restore.running"),
            Texts.of("folders.restore.cancelled", request.target()),
            (cancel, meter) -> session.restore(request, cancel, meter),
            outcome ->
                dialogs.tell(Texts.of("folders.restore.title"), told(outcome, request.target())));
  }

  private static Node told(RestoreFolderOutcome outcome, Path target) {
    VBox body =
        new VBox(
            8,
            Notice.ok(
                Texts.of(
                    "folders.restore.done",
                    Texts.count("count.files", outcome.files()),
                    Amounts.bytes(outcome.bytes()),
                    target)));
    if (outcome.skipped() > 0) {
      String skipped = Texts.count("count.files", outcome.skipped());
      body.getChildren().add(Notice.warn(Texts.of("folders.restore.skipped", skipped)));
    }
    body.getChildren().addAll(Notice.of(outcome.failures(), true).getChildren());
    return body;
  }

  private void show(String title, Node body, Button go, Node focused) {
    VBox card = dialogs.card(title, body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
    focused.requestFocus();
  }

  private static TextField field(String id, String key) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(Texts.of(key));
    return field;
  }

  private static TextArea area(String id, String key, int rows) {
    TextArea area = new TextArea();
    area.setId(id);
    area.setAccessibleText(Texts.of(key));
    area.setPromptText(Texts.of(key + ".prompt"));
    area.setPrefRowCount(rows);
    return area;
  }

  private static Button chooser(String id, Consumer<String> chosen) {
    Button button = new Button(Texts.of("folders.choose"), Icons.of("mdi2f-folder-outline"));
    button.setId(id);
    button.setOnAction(_ -> {
      File folder = new DirectoryChooser().showDialog(button.getScene().getWindow());
      if (folder != null) {
        chosen.accept(folder.getPath());
      }
    });
    return button;
  }

  private static List<String> split(TextInputControl input, Pattern at) {
    List<String> parts = new ArrayList<>();
    at.splitAsStream(input.getText())
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .forEach(parts::add);
    return parts;
  }
}
