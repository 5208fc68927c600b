package dev.backstay.ui.settings;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.shell.Screen;
import dev.backstay.ui.theme.Look;
import dev.backstay.ui.theme.Theme;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What the user chose for the window.
public final class SettingsController implements Screen {

  @FXML private BorderPane root;
  @FXML private VBox parts;

  private final Desk desk;
  private final Theme theme;
  private final KubeconfigChooser chooser;
  private final VBox files = new VBox(6);

  /// Asks for a kubeconfig file.
  @FunctionalInterface
  public interface KubeconfigChooser {
    void choose(java.util.function.Consumer<String> file);
  }

  public SettingsController(Desk desk, Theme theme, KubeconfigChooser chooser) {
    this.desk = desk;
    this.theme = theme;
    this.chooser = chooser;
  }

  @FXML
  void initialize() {
    parts
        .getChildren()
        .setAll(
            new Section(Texts.of("settings.theme"), modes(), contrast()),
            new Section(Texts.of("settings.text-size"), size()),
            new Section(
                Texts.of("settings.graphics"),
                safe(),
                Section.text(Texts.of("settings.safe.why"), "muted")),
            new Section(
                Texts.of("settings.kubeconfigs"),
                Section.text(Texts.of("settings.kubeconfigs.why"), "muted"),
                files,
                add()));
    showFiles();
  }

  private Node modes() {
    HBox box = new HBox(16);
    ToggleGroup group = new ToggleGroup();
    for (Look.Mode mode : Look.Mode.values()) {
      String word = mode.name().toLowerCase(Locale.ROOT);
      RadioButton button = new RadioButton(Texts.of("settings.theme." + word));
      button.setId("theme-" + word);
      button.setToggleGroup(group);
      button.setSelected(theme.look().mode() == mode);
      button.setOnAction(_ -> change(theme.look().withMode(mode)));
      box.getChildren().add(button);
    }
    return box;
  }

  private Node contrast() {
    CheckBox box = new CheckBox(Texts.of("settings.contrast"));
    box.setId("theme-contrast");
    box.setSelected(theme.look().contrast());
    box.setOnAction(_ -> change(theme.look().withContrast(box.isSelected())));
    return box;
  }

  private Node size() {
    Slider slider = new Slider(Look.SMALLEST, Look.LARGEST, theme.look().textSize());
    slider.setId("text-size");
    slider.setAccessibleText(Texts.of("settings.text-size"));
    slider.setBlockIncrement(1);
    slider.setMajorTickUnit(1);
    slider.setMinorTickCount(0);
    slider.setSnapToTicks(true);
    slider.setPrefWidth(260);
    Label value = new Label(theme.look().textSize() + " px");
    slider
        .valueProperty()
        .subscribe(now -> {
          int size = (int) Math.round(now.doubleValue());
          value.setText(size + " px");
          if (size != theme.look().textSize()) {
            change(theme.look().withTextSize(size));
          }
        });
    return new HBox(12, slider, value);
  }

  private Node safe() {
    CheckBox box = new CheckBox(Texts.of("settings.safe"));
    box.setId("safe-graphics");
    box.setSelected(desk.remembered().get(LookStore.SAFE, "false").equals("true"));
    box.setOnAction(_ -> desk.remembered().put(LookStore.SAFE, Boolean.toString(box.isSelected())));
    return box;
  }

  private Node add() {
    Button add = new Button(Texts.of("settings.kubeconfigs.add"));
    add.setId("add-kubeconfig");
    add.setOnAction(_ -> chooser.choose(this::added));
    return add;
  }

  private void added(String file) {
    List<String> all = desk.remembered().list("kubeconfigs");
    put(Stream.concat(all.stream(), Stream.of(file)).distinct().toList());
  }

  private void put(List<String> all) {
    desk.remembered().put("kubeconfigs", all);
    desk.clusters().reload(() -> {});
    showFiles();
  }

  private void showFiles() {
    files.getChildren().clear();
    for (String file : desk.remembered().list("kubeconfigs")) {
      Button remove = new Button(Texts.of("settings.kubeconfigs.remove"));
      remove.setId("remove-kubeconfig");
      remove.getStyleClass().add("small");
      remove.setOnAction(_ ->
          put(
              desk.remembered().list("kubeconfigs").stream()
                  .filter(f -> !f.equals(file))
                  .toList()));
      files.getChildren().add(new HBox(10, new Label(file), remove));
    }
  }

  private void change(Look look) {
    theme.change(look);
    LookStore.put(desk.remembered(), look);
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.settings");
  }
}
