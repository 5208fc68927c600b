package dev.backstay.ui.window;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.browse.PathRules;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.repository.RestoreFolderRequest;
import dev.backstay.workflow.repository.RestoreFolderRequest.Existing;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/// Asks where parts of a restore point are to be saved on this machine, and how. What is chosen
/// keeps its names and its folders, from the innermost folder on that holds all of it.
final class SaveDialog {

  private static final double WIDTH = 620;
  private static final int MOST_SHOWN = 5;

  private final Dialogs dialogs;
  private final RestorePoint point;
  private final PathRules parts;
  private final TextField target = new TextField();
  private final ToggleGroup existing = new ToggleGroup();
  private final CheckBox agreed = new CheckBox(Texts.of("folders.restore.overwrites"));
  private final CheckBox sparse = new CheckBox(Texts.of("folders.sparse"));
  private final CheckBox owners = new CheckBox(Texts.of("folders.owners"));

  SaveDialog(Dialogs dialogs, RestorePoint point, PathRules parts) {
    this.dialogs = dialogs;
    this.point = point;
    this.parts = parts;
    target.setId("dialog-text");
    target.setAccessibleText(Texts.of("save.where"));
    target.setText(
        Path.of(System.getProperty("user.home", "."))
            .resolve(point.namespace() + "-" + point.shortId())
            .toString());
    agreed.setId("save-agree");
    sparse.setId("save-sparse");
    owners.setId("save-owners");
  }

  void ask(Consumer<RestoreFolderRequest> then) {
    VBox body =
        new VBox(
            14,
            what(),
            new VBox(4, Section.text(Texts.of("save.where")), where()),
            new Section(Texts.of("folders.existing"), choices(), agreed),
            new VBox(6, sparse, owners));
    Button go =
        dialogs.action(
            Texts.of("save.action"),
            false,
            () -> {
              RestoreFolderRequest request = request();
              dialogs.hide();
              then.accept(request);
            });
    go.disableProperty().bind(undecided());
    VBox card = dialogs.card(Texts.of("save.title"), body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
    target.requestFocus();
  }

  private Node what() {
    String folder = parts.commonFolder();
    List<String> lines = new ArrayList<>();
    parts.included().forEach(path -> lines.add(below(path, folder)));
    parts.excluded().forEach(path -> lines.add(Texts.of("save.what.but", below(path, folder))));
    VBox box = new VBox(2, Section.text(Texts.of("save.what", folder)));
    lines.stream()
        .limit(MOST_SHOWN)
        .map(line -> Section.text(line, "strong"))
        .forEach(line -> box.getChildren().add(line));
    if (lines.size() > MOST_SHOWN) {
      String more = Texts.of("save.what.more", lines.size() - MOST_SHOWN);
      box.getChildren().add(Section.text(more, "muted"));
    }
    return box;
  }

  private static String below(String path, String folder) {
    return path.equals(folder)
        ? path
        : path.substring(folder.length() <= 1 ? 1 : folder.length() + 1);
  }

  private Node where() {
    HBox.setHgrow(target, Priority.ALWAYS);
    Button choose = new Button(Texts.of("folders.choose"), Icons.of("mdi2f-folder-outline"));
    choose.setId("save-choose");
    choose.setOnAction(_ -> {
      File folder = new DirectoryChooser().showDialog(choose.getScene().getWindow());
      if (folder != null) {
        target.setText(folder.getPath());
      }
    });
    HBox line = new HBox(8, target, choose);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private Node choices() {
    VBox box = new VBox(6);
    for (Existing choice : List.of(Existing.SKIP, Existing.KEEP_BOTH, Existing.OVERWRITE)) {
      String word = choice.name().toLowerCase(Locale.ROOT);
      RadioButton button = new RadioButton(Texts.of("folders.existing." + word));
      button.setId("save-existing-" + word);
      button.setUserData(choice);
      button.setToggleGroup(existing);
      button.setSelected(choice == Existing.SKIP);
      box.getChildren().add(button);
    }
    agreed
        .visibleProperty()
        .bind(existing.selectedToggleProperty().map(t -> t.getUserData() == Existing.OVERWRITE));
    agreed.managedProperty().bind(agreed.visibleProperty());
    return box;
  }

  private ObservableValue<Boolean> undecided() {
    return Bindings.createBooleanBinding(
        () -> target.getText().isBlank() || (agreed.isVisible() && !agreed.isSelected()),
        target.textProperty(),
        agreed.visibleProperty(),
        agreed.selectedProperty());
  }

  private RestoreFolderRequest request() {
    return new RestoreFolderRequest(
        point.id(),
        parts.commonFolder(),
        Path.of(target.getText().strip()),
        (Existing) Objects.requireNonNull(existing.getSelectedToggle()).getUserData(),
        sparse.isSelected(),
        owners.isSelected(),
        parts.all());
  }
}
