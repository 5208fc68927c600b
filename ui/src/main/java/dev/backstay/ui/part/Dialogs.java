package dev.backstay.ui.part;

import atlantafx.base.controls.ModalPane;
import dev.backstay.model.Secret;
import dev.backstay.ui.fx.FxThread;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All questions of the window, asked inside it: nothing pops up beside or behind. Esc answers no.
/// What turns up while another is open lies over it, and leaves it as it was.
public final class Dialogs {

  private static final double WIDTH = 520;
  private static final String CLOSED = "backstay.closed";

  private final ModalPane pane;
  private final Deque<Shown> open = new ArrayDeque<>();
  private final Focus focus;

  private record Shown(Region content, Pos at) {}

  /// @param pane lies over the whole window
  public Dialogs(ModalPane pane) {
    this.pane = pane;
    this.focus = new Focus(pane, this::top);
    // one that is still fading out would take with it the next one, an error for instance
    pane.setInTransitionFactory(null);
    pane.setOutTransitionFactory(null);
    pane.displayProperty()
        .subscribe(shown -> {
          if (!shown) {
            hide(); // Esc, or a click beside it
          }
        });
  }

  /// Anything, in the middle of the window, instead of what is shown: the next step of it.
  public void show(Region content) {
    put(content, Pos.CENTER, true);
  }

  /// Anything, at the top, instead of what is shown.
  public void showAtTop(Region content) {
    put(content, Pos.TOP_CENTER, true);
  }

  /// Anything, in the middle of the window, over what is shown, which comes back afterwards.
  public void over(Region content) {
    put(content, Pos.CENTER, false);
  }

  private void put(Region content, Pos at, boolean instead) {
    content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    focus.keep(open.isEmpty());
    Shown before = instead ? open.poll() : null;
    open.push(new Shown(content, at));
    present();
    if (before != null) {
      tellClosed(before);
    }
  }

  private void present() {
    Shown top = open.peek();
    if (top == null) {
      pane.hide(true);
      focus.giveBack();
      return;
    }
    pane.setAlignment(top.at());
    pane.show(top.content());
    FxThread.later(focus::into);
  }

  /// Closes what is on top.
  public void hide() {
    Shown top = open.poll();
    if (top != null) {
      present();
      tellClosed(top);
    }
  }

  /// Closes that one, wherever it lies; nothing if it is closed.
  public void close(Region content) {
    if (isTop(content)) {
      hide();
      return;
    }
    open.stream()
        .filter(shown -> shown.content().equals(content))
        .toList()
        .forEach(shown -> {
          open.remove(shown);
          tellClosed(shown);
        });
  }

  private boolean isTop(Region content) {
    Shown top = open.peek();
    return top != null && top.content().equals(content);
  }

  private @Nullable Node top() {
    Shown top = open.peek();
    return top == null ? null : top.content();
  }

  /// What happens once it is closed, by whatever.
  public static void onClosed(Region content, Runnable what) {
    content.getProperties().put(CLOSED, what);
  }

  private static void tellClosed(Shown shown) {
    if (shown.content().getProperties().remove(CLOSED) instanceof Runnable what) {
      what.run();
    }
  }

  public boolean isShown() {
    return !open.isEmpty();
  }

  /// A card with a heading and buttons; the last button is the action.
  public VBox card(String title, Node body, Node... buttons) {
    Label heading = new Label(title);
    heading.getStyleClass().add("heading");
    Wrapping.of(heading);
    HBox row = new HBox(10, buttons);
    row.setAlignment(Pos.CENTER_RIGHT);
    VBox card = new VBox(14, heading, body, row);
    card.getStyleClass().addAll("palette", "dialog-card");
    card.setStyle("-fx-padding: 20;");
    card.setPrefWidth(WIDTH);
    card.setId("dialog");
    return card;
  }

  /// The button that says no.
  public Button cancel() {
    Button cancel = new Button(Texts.of("action.cancel"));
    cancel.setId("dialog-cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(_ -> hide());
    return cancel;
  }

  /// The button that says yes.
  public Button action(String text, boolean danger, Runnable what) {
    Button action = new Button(text);
    action.setId("dialog-action");
    action.getStyleClass().add(danger ? "danger" : "accent");
    action.setDefaultButton(!danger);
    action.setOnAction(_ -> what.run());
    return action;
  }

  /// Tells something.
  public void tell(String title, Node body) {
    over(card(title, body, action(Texts.of("action.close"), false, this::hide)));
  }

  /// Asks whether to go on.
  ///
  /// @return the dialog
  public Region confirm(String title, Node body, String action, boolean danger, Runnable then) {
    Button go =
        action(
            action,
            danger,
            () -> {
              hide();
              then.run();
            });
    VBox card = card(title, body, cancel(), go);
    over(card);
    return card;
  }

  /// Asks for a line of text; an empty one is no answer.
  public void text(String title, String why, String begin, String action, Consumer<String> then) {
    TextField field = new TextField(begin);
    field.setId("dialog-text");
    field.setAccessibleText(title);
    Button go =
        action(
            action,
            false,
            () -> {
              hide();
              then.accept(field.getText().strip());
            });
    go.disableProperty().bind(field.textProperty().map(text -> text.isBlank()));
    over(card(title, new VBox(8, Section.text(why), field), cancel(), go));
  }

  /// Asks for a password, and whether the keychain is to keep it.
  ///
  /// @param keychain whether there is one
  public void password(
      String title, String why, boolean keychain, BiConsumer<Secret, Boolean> then) {
    PasswordField field = new PasswordField();
    field.setId("dialog-password");
    field.setAccessibleText(title);
    CheckBox keep = new CheckBox(Texts.of("password.keep"));
    keep.setId("dialog-keep");
    keep.setDisable(!keychain);
    Label absent = Section.text(keychain ? "" : Texts.of("password.no-keychain"), "caption");
    absent.setManaged(!keychain);
    Button go =
        action(
            Texts.of("password.open"),
            false,
            () -> {
              Secret secret = Secret.of(field.getText());
              field.clear();
              hide();
              then.accept(secret, keep.isSelected());
            });
    go.setGraphic(Icons.of("mdi2l-lock-open-outline"));
    go.disableProperty().bind(field.textProperty().isEmpty());
    over(card(title, new VBox(10, Section.text(why), field, keep, absent), cancel(), go));
  }
}
