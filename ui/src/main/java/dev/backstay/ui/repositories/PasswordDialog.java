package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;

/// Asks for a repository's password where it is needed, once for all who wait for it. A wrong one
/// is told and asked for again.
public final class PasswordDialog implements PasswordAsking {

  private static final List<Consumer<Repositories.Result>> NOBODY = List.of();

  private final Desk desk;
  private final Dialogs dialogs;
  private final Map<OpenRepository, List<Consumer<Repositories.Result>>> waiting = new HashMap<>();

  public PasswordDialog(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void ask(OpenRepository repository, Consumer<Repositories.Result> then) {
    List<Consumer<Repositories.Result>> others = waiting.get(repository);
    if (others != null) {
      others.add(then);
      return;
    }
    waiting.put(repository, new ArrayList<>(List.of(then)));
    show(repository);
  }

  private void show(OpenRepository repository) {
    PasswordField field = new PasswordField();
    field.setId("repository-password");
    field.setAccessibleText(Texts.of("wizard.password"));
    CheckBox keep = new CheckBox(Texts.of("password.keep"));
    keep.setId("repository-password-keep");
    Label hint = Section.text("", "caption");
    VBox state = new VBox();
    Keychain.offer(desk, keep, hint);
    Button open =
        dialogs.action(
            Texts.of("password.open"), false, () -> open(repository, field, keep, state));
    open.disableProperty().bind(field.textProperty().isEmpty());
    VBox card =
        dialogs.card(
            Texts.of("password.title", repository.name()),
            new VBox(
                10,
                Section.text(Texts.of("password.why"), "muted"),
                Section.text(repository.location(), "mono"),
                field,
                keep,
                hint,
                state),
            dialogs.cancel(),
            open);
    card.sceneProperty()
        .subscribe((_, scene) -> {
          if (scene == null) {
            field.clear();
            answer(repository, new Repositories.Result.NeedsPassword());
          }
        });
    dialogs.show(card);
    field.requestFocus();
  }

  private void open(OpenRepository repository, PasswordField field, CheckBox keep, VBox state) {
    state.getChildren().setAll(new ProgressIndicator());
    Secret secret = Secret.of(field.getText());
    Secret kept = Secret.ofUtf8(secret.utf8());
    desk.repositories()
        .open(
            repository,
            secret,
            result -> {
              switch (result) {
                case Repositories.Result.Opened opened -> {
                  var all = waiting.remove(repository);
                  dialogs.hide();
                  Objects.requireNonNullElse(all, NOBODY).forEach(then -> then.accept(opened));
                  Keychain.keep(desk, dialogs, repository, kept, keep.isSelected());
                }
                case Repositories.Result.Failed(EngineException error) -> {
                  kept.close();
                  state.getChildren().setAll(told(error));
                  field.selectAll();
                  field.requestFocus();
                }
                case Repositories.Result.NeedsPassword _ -> kept.close();
              }
            });
  }

  private static Notice told(EngineException error) {
    return error instanceof UnauthenticatedException
        ? Notice.bad(Texts.of("password.wrong"))
        : Notice.of(error);
  }

  private void answer(OpenRepository repository, Repositories.Result result) {
    var all = waiting.remove(repository);
    Objects.requireNonNullElse(all, NOBODY).forEach(then -> then.accept(result));
  }
}
