package dev.backstay.ui.part;

import atlantafx.base.controls.ModalPane;
import dev.backstay.model.Secret;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
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

/// All questions of the window, asked inside it: nothing pops up beside or behind. Esc answers no.
public final class Dialogs {

  private static final double WIDTH = 520;

  private final ModalPane pane;

  /// @param pane lies over the whole window
  public Dialogs(ModalPane pane) {
    this.pane = pane;
    // one that is still fading out would take with it the next one, an error for instance
    pane.setInTransitionFactory(null);
    pane.setOutTransitionFactory(null);
  }

  /// Anything, in the middle of the window.
  public void show(Region content) {
    content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    pane.setAlignment(Pos.CENTER);
    pane.show(content);
  }

  /// Anything, at the top.
  public void showAtTop(Region content) {
    content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    pane.setAlignment(Pos.TOP_CENTER);
    pane.show(content);
  }

  public void hide() {
    pane.hide(true);
  }

  public boolean isShown() {
    return pane.isDisplay();
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
    show(card(title, body, action(Texts.of("action.close"), false, this::hide)));
  }

  /// Asks whether to go on.
  public void confirm(String title, Node body, String action, boolean danger, Runnable then) {
    show(
        card(
            title,
            body,
            cancel(),
            action(
                action,
                danger,
                () -> {
                  hide();
                  then.run();
                })));
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
    show(card(title, new VBox(8, Section.text(why), field), cancel(), go));
    Platform.runLater(field::requestFocus);
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
    show(card(title, new VBox(10, Section.text(why), field, keep, absent), cancel(), go));
    Platform.runLater(field::requestFocus);
  }
}
