package dev.backstay.ui.palette;

import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Dialogs;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Find anything: a field and what fits it. Arrow keys choose, Enter goes there, Esc closes.
public final class PalettePane extends VBox {

  private static final Duration PAUSE = Duration.millis(120);
  private static final int SHORTEST = 2;

  private final Dialogs dialogs;
  private final Finder finder;
  private final TextField field = new TextField();
  private final ListView<Finding> list = new ListView<>();
  private final Deeper deeper;
  private final PauseTransition pause = new PauseTransition(PAUSE);
  private Work work = Work.NONE;

  /// Looks for what is not at hand.
  @FunctionalInterface
  public interface Deeper {
    Work find(String words, int most, Consumer<List<Finding>> then);
  }

  /// @param deeper asked a moment after the last key
  public PalettePane(Dialogs dialogs, List<Finding> findings, Deeper deeper) {
    this.dialogs = dialogs;
    this.deeper = deeper;
    pause.setOnFinished(_ -> deeper());
    this.finder = new Finder(findings);
    getStyleClass().add("palette");
    setPrefSize(620, 460);
    field.setId("palette-field");
    field.setPromptText(Texts.of("palette.prompt"));
    field.setAccessibleText(Texts.of("palette.prompt"));
    field.textProperty().subscribe(this::find);
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    list.setId("palette-list");
    list.setAccessibleText(Texts.of("palette.prompt"));
    list.setCellFactory(_ -> new FindingCell());
    list.setFocusTraversable(false);
    list.setOnMouseClicked(_ -> go());
    Label none = new Label(Texts.of("palette.none"));
    none.getStyleClass().add("muted");
    list.setPlaceholder(none);
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(field, list);
  }

  public void open() {
    dialogs.showAtTop(this);
  }

  private void find(String text) {
    list.getItems().setAll(finder.find(text));
    list.getSelectionModel().selectFirst();
    list.scrollTo(0);
    work.drop();
    pause.stop();
    if (text.strip().length() >= SHORTEST) {
      pause.playFromStart();
    }
  }

  private void deeper() {
    work = deeper.find(field.getText().strip(), Finder.MOST, this::found);
  }

  /// After what was at hand, and only what is not in it.
  private void found(List<Finding> hits) {
    List<String> known = list.getItems().stream().map(Finding::more).toList();
    hits.stream().filter(hit -> !known.contains(hit.more())).forEach(list.getItems()::add);
    if (list.getSelectionModel().isEmpty()) {
      list.getSelectionModel().selectFirst();
    }
  }

  private void pressed(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> list.getSelectionModel().selectNext();
      case UP -> list.getSelectionModel().selectPrevious();
      case ENTER -> go();
      case ESCAPE -> dialogs.hide();
      default -> {
        return;
      }
    }
    list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - 4));
    event.consume();
  }

  private void go() {
    Finding chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      dialogs.hide();
      chosen.go().run();
    }
  }

  private static final class FindingCell extends ListCell<Finding> {
    @Override
    protected void updateItem(@Nullable Finding finding, boolean empty) {
      super.updateItem(finding, empty);
      setText(null);
      if (empty || finding == null) {
        setGraphic(null);
        return;
      }
      Label text = new Label(finding.text(), Icons.of(finding.icon()));
      text.setMinWidth(0);
      Label more = new Label(finding.more());
      more.getStyleClass().add("caption");
      more.setMinWidth(0);
      Region space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      Label kind = new Label(Texts.of(finding.kind()));
      kind.getStyleClass().add("key");
      kind.setMinWidth(Region.USE_PREF_SIZE);
      HBox box = new HBox(10, text, more, space, kind);
      box.setAlignment(Pos.CENTER_LEFT);
      box.setPrefWidth(0);
      setGraphic(box);
    }
  }
}
