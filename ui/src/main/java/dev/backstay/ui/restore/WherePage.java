package dev.backstay.ui.restore;

import dev.backstay.model.StorageClassInfo;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SearchableComboBox;
import org.jspecify.annotations.Nullable;

/// The second page: which cluster and namespace, and what happens to what is there already.
final class WherePage extends ScrollPane {

  private final RestoreViewModel model;
  private final VBox classes = new VBox(6);

  WherePage(RestoreViewModel model) {
    this.model = model;
    setFitToWidth(true);
    VBox box =
        new VBox(
            18,
            new Section(Texts.of("restore.where.cluster"), cluster()),
            namespace(),
            volumes(),
            objects(),
            new Section(Texts.of("restore.where.more"), more()),
            classes);
    box.setStyle("-fx-padding: 4 20 20 20;");
    setContent(box);
    model.clusterProperty().subscribe(this::classes);
  }

  private Node cluster() {
    SearchableComboBox<OpenCluster> combo =
        new SearchableComboBox<>(FXCollections.observableArrayList(model.desk().clusters().all()));
    combo.setId("restore-context");
    combo.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable OpenCluster cluster) {
            return cluster == null ? "" : cluster.key().label();
          }

          @Override
          public @Nullable OpenCluster fromString(String text) {
            return model.desk().clusters().all().stream()
                .filter(c -> c.key().label().equals(text))
                .findFirst()
                .orElse(null);
          }
        });
    combo.valueProperty().bindBidirectional(model.clusterProperty());
    combo.setPrefWidth(360);
    combo.setAccessibleText(Texts.of("restore.where.cluster"));
    return combo;
  }

  private Node namespace() {
    RadioButton fresh = new RadioButton(Texts.of("restore.where.other"));
    fresh.setId("restore-elsewhere");
    RadioButton origin =
        new RadioButton(Texts.of("restore.where.origin", model.point().namespace()));
    origin.setId("restore-origin");
    ToggleGroup group = new ToggleGroup();
    fresh.setToggleGroup(group);
    origin.setToggleGroup(group);
    (model.elsewhereProperty().get() ? fresh : origin).setSelected(true);
    fresh.selectedProperty().subscribe(now -> model.elsewhereProperty().set(now));
    TextField name = new TextField();
    name.setId("restore-namespace-name");
    name.setAccessibleText(Texts.of("restore.where.other"));
    name.textProperty().bindBidirectional(model.namespaceProperty());
    name.disableProperty().bind(fresh.selectedProperty().not());
    name.setPrefWidth(260);
    HBox line = new HBox(10, fresh, name);
    line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    Label hint = Section.text(Texts.of("restore.where.origin.hint"), "muted");
    hint.setStyle("-fx-padding: 0 0 0 26;");
    hint.visibleProperty().bind(origin.selectedProperty());
    hint.managedProperty().bind(origin.selectedProperty());
    return new Section(Texts.of("restore.where.namespace"), line, origin, hint);
  }

  private Node volumes() {
    return choice("restore.volumes", List.of(ExistingVolumes.values()), model.volumesProperty());
  }

  private Node objects() {
    return choice("restore.objects", List.of(ExistingObjects.values()), model.objectsProperty());
  }

  private static <E extends Enum<E>> Node choice(
      String key, List<E> values, ObjectProperty<E> chosen) {
    Section section = new Section(Texts.of(key + ".title"));
    ToggleGroup group = new ToggleGroup();
    for (E value : values) {
      String word = value.name().toLowerCase(Locale.ROOT);
      RadioButton button = new RadioButton(Texts.of(key + "." + word));
      button.setId(key.replace('.', '-') + "-" + word);
      button.setToggleGroup(group);
      button.setSelected(value == chosen.get());
      button.setWrapText(true);
      button
          .selectedProperty()
          .subscribe(now -> {
            if (now) {
              chosen.set(value);
            }
          });
      chosen.subscribe(now -> {
        if (now == value) {
          button.setSelected(true);
        }
      });
      section.getChildren().add(button);
    }
    return section;
  }

  private Node more() {
    CheckBox suspend = new CheckBox(Texts.of("restore.suspend"));
    suspend.setId("restore-suspend");
    suspend.selectedProperty().bindBidirectional(model.suspendCronJobsProperty());
    CheckBox ports = new CheckBox(Texts.of("restore.ports"));
    ports.setId("restore-ports");
    ports.selectedProperty().bindBidirectional(model.keepNodePortsProperty());
    return new VBox(6, suspend, ports);
  }

  /// One line for each class of the target, once that is open.
  private void classes(@Nullable OpenCluster target) {
    classes.getChildren().clear();
    if (target == null || target.standing() != OpenCluster.Standing.OPEN) {
      return;
    }
    var session = target.opened().session();
    var _ =
        model
            .desk()
            .background()
            .ask(_ -> session.storageClasses().items(), this::showClasses, _ -> {});
  }

  private void showClasses(List<StorageClassInfo> found) {
    TreeSet<String> names = new TreeSet<>();
    found.forEach(c -> names.add(c.name()));
    if (names.size() < 2) {
      return;
    }
    Section section =
        new Section(
            Texts.of("restore.classes"), Section.text(Texts.of("restore.classes.hint"), "muted"));
    for (String from : names) {
      ComboBox<String> to = new ComboBox<>();
      to.setId("restore-class-" + from);
      to.getItems().addAll(names);
      to.setValue(model.classFor(from)); // one that is gone too: the plan says so
      to.setAccessibleText(Texts.of("restore.classes.of", from));
      to.valueProperty().subscribe((_, value) -> model.mapClass(from, value == null ? "" : value));
      Label label = new Label(from + "  →");
      label.setMinWidth(140);
      HBox line = new HBox(10, label, to);
      line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
      section.getChildren().add(line);
    }
    classes.getChildren().setAll(section);
  }
}
