package dev.backstay.ui.restore;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/// The first page: everything, or which PVCs and files.
final class WhatPage extends ScrollPane {

  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private final RestoreViewModel model;
  private final VBox parts = new VBox(8);
  private final List<CheckBox> boxes = new ArrayList<>();
  private final TextField objects = new TextField();

  WhatPage(RestoreViewModel model) {
    this.model = model;
    setFitToWidth(true);
    RadioButton everything = new RadioButton(Texts.of("restore.what.everything"));
    everything.setId("restore-everything");
    RadioButton some = new RadioButton(Texts.of("restore.what.some"));
    some.setId("restore-some");
    ToggleGroup group = new ToggleGroup();
    everything.setToggleGroup(group);
    some.setToggleGroup(group);
    List<String> begun = model.onlyProperty().get();
    boolean all = begun.isEmpty() && !model.nothingProperty().get();
    (all ? everything : some).setSelected(true);
    begun.stream().filter(entry -> !isVolume(entry)).forEach(entry -> add(entry, entry, true));
    for (RestorePoint.Volume volume : model.point().volumes()) {
      String entry = "pvc/" + volume.pvc();
      String text =
          Texts.of(
              "restore.what.pvc",
              volume.pvc(),
              Texts.count("count.files", volume.files()),
              Amounts.bytes(volume.bytes()));
      add(entry, text, begun.contains(entry));
    }
    objects.setId("restore-only-objects");
    objects.setPromptText(Texts.of("restore.what.objects.prompt"));
    objects.setAccessibleText(Texts.of("restore.what.objects"));
    objects.setMaxWidth(420);
    parts.getChildren().add(new VBox(4, Section.text(Texts.of("restore.what.objects")), objects));
    Button browse =
        new Button(Texts.of("restore.what.browse"), Icons.of("mdi2f-folder-search-outline"));
    browse.setId("restore-browse");
    browse.setOnAction(_ -> model.desk().navigator().go(new Place.Browse(model.point(), "/")));
    parts.setStyle("-fx-padding: 0 0 0 26;");
    parts.disableProperty().bind(everything.selectedProperty());
    group.selectedToggleProperty().subscribe(() -> changed(everything.isSelected()));
    boxes.forEach(box -> box.selectedProperty().subscribe(() -> changed(everything.isSelected())));
    objects.textProperty().subscribe((_, _) -> changed(everything.isSelected()));
    VBox box =
        new VBox(
            12,
            new Section(Texts.of("restore.what.title"), everything, some, parts),
            Section.text(Texts.of("restore.what.hint"), "muted"),
            browse);
    box.setStyle("-fx-padding: 4 20 20 20;");
    setContent(box);
  }

  /// Whole PVCs have boxes of their own below.
  private boolean isVolume(String entry) {
    return model.point().volumes().stream().anyMatch(v -> entry.equals("pvc/" + v.pvc()));
  }

  private void add(String entry, String text, boolean chosen) {
    CheckBox box = new CheckBox(text);
    box.setUserData(entry);
    box.setSelected(chosen);
    boxes.add(box);
    parts.getChildren().add(box);
  }

  private void changed(boolean everything) {
    if (everything) {
      model.chooseEverything();
    } else {
      Stream<String> ticked =
          boxes.stream().filter(CheckBox::isSelected).map(b -> (String) b.getUserData());
      Stream<String> named = SEPARATOR.splitAsStream(objects.getText()).filter(s -> !s.isBlank());
      model.choose(Stream.concat(ticked, named).toList());
    }
  }
}
