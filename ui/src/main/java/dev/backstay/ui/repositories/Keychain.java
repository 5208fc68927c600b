package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// What the dialogs that ask for passwords do with the keychain.
final class Keychain {

  private Keychain() {}

  /// The box can be ticked once it is known that there is a keychain; else the hint says so.
  static void offer(Desk desk, CheckBox keep, Label hint) {
    keep.setDisable(true);
    hint.setManaged(false);
    var _ =
        desk.background()
            .ask(
                _ -> desk.surroundings().keychain(),
                there -> {
                  keep.setDisable(!there);
                  hint.setText(there ? "" : Texts.of("password.no-keychain"));
                  hint.setManaged(!there);
                },
                _ -> {});
  }

  /// Keeps a password if that is wanted, and says so if it cannot be kept. Takes the secret over.
  static void keep(
      Desk desk, Dialogs dialogs, OpenRepository repository, Secret secret, boolean wanted) {
    var _ =
        desk.background()
            .ask(
                _ -> {
                  try (secret) {
                    if (wanted) {
                      desk.surroundings().keepPassword(repository.location(), secret);
                    }
                  }
                  return true;
                },
                _ -> {},
                error -> notKept(dialogs, error));
  }

  /// The repository is open all the same.
  static void notKept(Dialogs dialogs, EngineException error) {
    dialogs.tell(
        Texts.of("password.not-kept"),
        new VBox(8, Section.text(Texts.of("password.not-kept.why")), Notice.of(error)));
  }
}
