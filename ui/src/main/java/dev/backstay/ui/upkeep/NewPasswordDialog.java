package dev.backstay.ui.upkeep;

import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;

/// Asks for a new password, twice. It stays until what the password is for is done, so that an
/// error can be told beside it.
final class NewPasswordDialog {

  private final Upkeep upkeep;
  private final String title;
  private final Use use;
  private final PasswordField first = field("new-password", "key.password");
  private final PasswordField second = field("new-password-again", "wizard.password.again");
  private final VBox state = new VBox();
  private final BooleanProperty busy = new SimpleBooleanProperty();
  private final VBox card;
  private boolean closed;

  /// What a password is for.
  @FunctionalInterface
  interface Use {
    /// @param password to be taken over
    /// @param done on the FX thread
    /// @param failed on the FX thread
    void with(Secret password, Runnable done, Consumer<EngineException> failed);
  }

  NewPasswordDialog(Upkeep upkeep, String title, String why, String action, Use use) {
    this.upkeep = upkeep;
    this.title = title;
    this.use = use;
    Button go = upkeep.dialogs().action(action, false, this::go);
    go.disableProperty().bind(busy.or(first.textProperty().isEmpty()));
    first.disableProperty().bind(busy);
    second.disableProperty().bind(busy);
    card =
        upkeep
            .dialogs()
            .card(
                title,
                new VBox(
                    10,
                    Section.text(why, "muted"),
                    label("key.password", first),
                    first,
                    label("wizard.password.again", second),
                    second,
                    state),
                upkeep.dialogs().cancel(),
                go);
    Dialogs.onClosed(
        card,
        () -> {
          closed = true;
          first.clear();
          second.clear();
        });
  }

  private static PasswordField field(String id, String key) {
    PasswordField field = new PasswordField();
    field.setId(id);
    field.setAccessibleText(Texts.of(key));
    return field;
  }

  private static Label label(String key, Node of) {
    Label label = new Label(Texts.of(key));
    label.setLabelFor(of);
    return label;
  }

  void show() {
    upkeep.dialogs().over(card);
  }

  private void go() {
    if (!first.getText().equals(second.getText())) {
      state.getChildren().setAll(Notice.bad(Texts.of("wizard.password.differs")));
      return;
    }
    busy.set(true);
    state.getChildren().setAll(new ProgressIndicator());
    use.with(Secret.of(first.getText()), () -> upkeep.dialogs().close(card), this::failed);
  }

  private void failed(EngineException error) {
    busy.set(false);
    if (closed) {
      upkeep.dialogs().tell(title, upkeep.told(error));
    } else {
      state.getChildren().setAll(upkeep.told(error));
    }
  }
}
