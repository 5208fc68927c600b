package dev.backstay.ui.repositories;

import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import java.io.File;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

/// A folder, local or mounted. A location that is written out, such as `s3:…`, is taken too.
final class FolderForm implements PlaceForm {

  private final TextField field = new TextField();
  private final VBox box;

  FolderForm() {
    field.setId("wizard-place");
    field.setPromptText(Texts.of("wizard.place.prompt"));
    field.setAccessibleText(Texts.of("wizard.place"));
    HBox.setHgrow(field, Priority.ALWAYS);
    Button choose = new Button(Texts.of("wizard.browse"), Icons.of("mdi2f-folder-outline"));
    choose.setOnAction(_ -> choose());
    HBox line = new HBox(8, field, choose);
    line.setAlignment(Pos.CENTER_LEFT);
    box = new VBox(10, Section.text(Texts.of("wizard.place.why"), "muted"), line);
  }

  private void choose() {
    File chosen = new DirectoryChooser().showDialog(field.getScene().getWindow());
    if (chosen != null) {
      field.setText(chosen.getPath());
    }
  }

  @Override
  public Node node() {
    return box;
  }

  @Override
  public ObservableValue<String> location() {
    return field.textProperty().map(String::strip);
  }

  @Override
  public ObservableValue<String> profile() {
    return new ReadOnlyStringWrapper("");
  }

  @Override
  public void focus() {
    field.requestFocus();
  }
}
