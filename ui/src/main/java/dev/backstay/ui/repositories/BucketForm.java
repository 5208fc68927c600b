package dev.backstay.ui.repositories;

import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A bucket of an S3 service. Region, path style and checksums are found by the test; credentials
/// are those that all AWS tools use, never typed here.
final class BucketForm implements PlaceForm {

  private final TextField service = field("service");
  private final TextField bucket = field("bucket");
  private final TextField prefix = field("prefix");
  private final ComboBox<String> profile = new ComboBox<>();
  private final StringBinding location =
      Bindings.createStringBinding(
          this::written, service.textProperty(), bucket.textProperty(), prefix.textProperty());
  private final VBox box;

  BucketForm() {
    profile.setId("wizard-profile");
    profile.setAccessibleText(Texts.of("wizard.s3.profile"));
    profile.setMaxWidth(Double.MAX_VALUE);
    profiles(List.of());
    GridPane grid = new GridPane(10, 8);
    ColumnConstraints words = new ColumnConstraints();
    ColumnConstraints fields = new ColumnConstraints();
    fields.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(words, fields);
    grid.addRow(0, label("service", service), service);
    grid.addRow(1, label("bucket", bucket), bucket);
    grid.addRow(2, label("prefix", prefix), prefix);
    grid.addRow(3, label("profile", profile), profile);
    Label shown = Section.text("", "mono");
    shown.setId("wizard-location");
    shown.textProperty().bind(location);
    shown.visibleProperty().bind(location.isNotEmpty());
    box = new VBox(10, Section.text(Texts.of("wizard.s3.why"), "muted"), grid, shown);
  }

  private static TextField field(String name) {
    TextField field = new TextField();
    field.setId("wizard-" + name);
    field.setPromptText(Texts.of("wizard.s3." + name + ".prompt"));
    field.setAccessibleText(Texts.of("wizard.s3." + name));
    return field;
  }

  private static Label label(String name, Node of) {
    Label label = new Label(Texts.of("wizard.s3." + name));
    label.setLabelFor(of);
    return label;
  }

  /// Offers these profiles beside the usual credentials.
  void profiles(List<String> names) {
    List<String> all = new ArrayList<>();
    all.add(Texts.of("wizard.s3.profile.usual"));
    all.addAll(names);
    profile.getItems().setAll(all);
    profile.getSelectionModel().selectFirst();
  }

  private String written() {
    String name = bare(bucket.getText());
    if (name.isEmpty()) {
      return "";
    }
    String address = service.getText().strip().replaceAll("/+$", "");
    String host = address.isEmpty() ? "s3.amazonaws.com" : address;
    String below = bare(prefix.getText());
    return "s3:" + host + "/" + name + (below.isEmpty() ? "" : "/" + below);
  }

  /// Without the slashes that people write around it.
  private static String bare(String text) {
    return text.strip().replaceAll("^/+|/+$", "");
  }

  @Override
  public Node node() {
    return box;
  }

  @Override
  public ObservableValue<String> location() {
    return location;
  }

  @Override
  public ObservableValue<String> profile() {
    return profile
        .getSelectionModel()
        .selectedIndexProperty()
        .map(i -> i.intValue() <= 0 ? "" : profile.getItems().get(i.intValue()));
  }

  @Override
  public void focus() {
    service.requestFocus();
  }
}
