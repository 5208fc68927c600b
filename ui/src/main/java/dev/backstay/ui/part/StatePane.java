package dev.backstay.ui.part;

import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.UnreachableException;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import javafx.animation.PauseTransition;
import javafx.beans.NamedArg;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Its children when there is content; else why not, and what to do about it. A loading that is
/// over in a moment shows nothing, so that nothing flickers.
public final class StatePane extends StackPane {

  private static final Duration PATIENCE = Duration.millis(250);

  private final ObjectProperty<Load> load = new SimpleObjectProperty<>(Load.READY);
  private @Nullable Runnable retry;
  private @Nullable Node action;
  private @Nullable Node shown;
  private final PauseTransition pause = new PauseTransition(PATIENCE);

  public StatePane(@NamedArg("children") Node... children) {
    super(children);
    load.addListener((_, _, now) -> show(now));
  }

  public ObjectProperty<Load> loadProperty() {
    return load;
  }

  /// What *Try again* does.
  public void setRetry(Runnable again) {
    retry = again;
  }

  /// A button for the empty state.
  public void setAction(Node button) {
    action = button;
  }

  private void show(Load now) {
    pause.stop();
    drop();
    boolean ready = now instanceof Load.Ready;
    getChildren().forEach(child -> child.setVisible(ready));
    switch (now) {
      case Load.Ready _ -> {}
      case Load.Loading loading -> {
        pause.setOnFinished(_ -> put(loading(loading.what())));
        pause.playFromStart();
      }
      case Load.Empty empty -> put(empty(empty));
      case Load.Failed failed -> put(failed(failed.error()));
    }
  }

  private void put(Node node) {
    drop();
    shown = node;
    getChildren().add(node);
  }

  private void drop() {
    if (shown != null) {
      getChildren().remove(shown);
      shown = null;
    }
  }

  private static Node loading(String what) {
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(42, 42);
    return column(wheel, text(what, "muted"));
  }

  private Node empty(Load.Empty empty) {
    VBox box =
        column(
            Icons.of("mdi2t-tray", "icon-large"),
            text(empty.title(), "heading"),
            text(empty.text(), "muted"));
    if (action != null) {
      box.getChildren().add(action);
    }
    return box;
  }

  private Node failed(EngineException error) {
    VBox box =
        column(
            Icons.of(icon(error), "icon-large"),
            text(sentence(String.valueOf(error.getMessage())), "heading"),
            text(sentence(error.remedy()), "muted"),
            text(error.code(), "caption"));
    if (retry != null) {
      Button again = new Button(Texts.of("part.again"), Icons.of("mdi2r-refresh"));
      again.setId("try-again");
      Runnable what = retry;
      again.setOnAction(_ -> what.run());
      box.getChildren().add(again);
    }
    return box;
  }

  private static String icon(EngineException error) {
    return switch (error) {
      case ForbiddenException _ -> "mdi2l-lock-outline";
      case UnreachableException _ -> "mdi2l-lan-disconnect";
      default -> "mdi2a-alert-circle-outline";
    };
  }

  private static VBox column(Node... nodes) {
    VBox box = new VBox(10, nodes);
    box.setAlignment(Pos.CENTER);
    box.setMaxWidth(620);
    return box;
  }

  private static Label text(String words, String styleClass) {
    Label label = new Label(words);
    Wrapping.of(label);
    label.setStyle("-fx-text-alignment: center;");
    label.getStyleClass().add(styleClass);
    return label;
  }

  /// With a capital letter and a full stop.
  public static String sentence(String text) {
    if (text.isBlank()) {
      return "";
    }
    String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
    return ".!?".indexOf(begun.charAt(begun.length() - 1)) >= 0 ? begun : begun + ".";
  }
}
