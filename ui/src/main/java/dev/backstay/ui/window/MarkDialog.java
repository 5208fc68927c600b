package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.clusters.ProductionColour;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.lock.ContextMark;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// Says what a context is: production or not, its colour, and whether back-ups run in it while it
/// is locked. Making it less protected takes its name.
final class MarkDialog {

  /// Words that the settings file takes; the empty one is the theme's own.
  private static final List<String> COLOURS =
      List.of("", "crimson", "darkorange", "gold", "purple", "royalblue", "teal");

  private final Desk desk;
  private final Dialogs dialogs;

  MarkDialog(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  void ask(OpenCluster cluster) {
    String name = cluster.key().name();
    ContextMark old = desk.production().mark(name);
    CheckBox production = box("mark-production", "mark.production", true);
    CheckBox backups = box("mark-backups", "mark.backups", old.backups());
    backups.disableProperty().bind(production.selectedProperty().not());
    ComboBox<String> colour = colours(old.colour());
    colour.disableProperty().bind(production.selectedProperty().not());
    TextField typed = new TextField();
    typed.setId("mark-name");
    typed.setPromptText(name);
    typed.setAccessibleText(Texts.of("mark.name", name));
    BooleanBinding weaker =
        Bindings.createBooleanBinding(
            () -> weaker(old, production.isSelected(), backups.isSelected()),
            production.selectedProperty(),
            backups.selectedProperty());
    VBox again = new VBox(6, Section.text(Texts.of("mark.name", name)), typed);
    again.visibleProperty().bind(weaker);
    again.managedProperty().bind(weaker);
    Button go =
        dialogs.action(
            Texts.of("mark.action"),
            false,
            () ->
                put(
                    new ContextMark(
                        name, production.isSelected(), colour.getValue(), backups.isSelected())));
    go.disableProperty()
        .bind(
            weaker.and(
                Bindings.createBooleanBinding(
                    () -> !typed.getText().strip().equals(name), typed.textProperty())));
    VBox body =
        new VBox(
            12,
            Section.text(Texts.of("mark.why"), "muted"),
            production,
            backups,
            line(colour),
            again);
    dialogs.show(
        dialogs.card(Texts.of("mark.title", cluster.key().label()), body, dialogs.cancel(), go));
  }

  private static HBox line(ComboBox<String> colour) {
    HBox line = new HBox(10, new Label(Texts.of("mark.colour")), colour);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private static boolean weaker(ContextMark old, boolean production, boolean backups) {
    return old.production() && (!production || (backups && !old.backups()));
  }

  private static CheckBox box(String id, String key, boolean selected) {
    CheckBox box = new CheckBox(Texts.of(key));
    box.setId(id);
    box.setWrapText(true);
    box.setSelected(selected);
    return box;
  }

  private static ComboBox<String> colours(String now) {
    ComboBox<String> box = new ComboBox<>();
    box.setId("mark-colour");
    box.setAccessibleText(Texts.of("mark.colour"));
    box.getItems().setAll(COLOURS);
    if (!COLOURS.contains(now)) {
      box.getItems().add(now);
    }
    box.setValue(now);
    box.setButtonCell(new ColourCell());
    box.setCellFactory(_ -> new ColourCell());
    return box;
  }

  private void put(ContextMark mark) {
    dialogs.hide();
    var _ =
        desk.background()
            .ask(
                _ -> {
                  desk.surroundings().mark(mark);
                  return mark;
                },
                _ -> desk.production().look(),
                error -> dialogs.tell(Texts.of("mark.title", mark.context()), problem(error)));
  }

  private static Node problem(dev.backstay.model.EngineException error) {
    return Notice.of(error);
  }

  private static final class ColourCell extends ListCell<String> {
    @Override
    protected void updateItem(@Nullable String colour, boolean empty) {
      super.updateItem(colour, empty);
      if (empty || colour == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      Rectangle sample = new Rectangle(14, 14);
      sample.getStyleClass().add("production-sample");
      ProductionColour.of(colour).ifPresent(sample::setFill);
      setGraphic(sample);
      setText(colour.isEmpty() ? Texts.of("mark.colour.theme") : colour);
    }
  }
}
