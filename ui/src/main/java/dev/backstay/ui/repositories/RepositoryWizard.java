package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Makes or opens a repository: first the place, which is tested; then the password.
public final class RepositoryWizard {

  private static final int SHORT = 8;

  private final Desk desk;
  private final Dialogs dialogs;

  public RepositoryWizard(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  /// The first page.
  public void open() {
    FolderForm folder = new FolderForm();
    BucketForm bucket = new BucketForm();
    var _ =
        desk.background()
            .ask(
                _ -> desk.engine().settings().stores().profiles(),
                bucket::profiles,
                _ -> {}); // the test says what is wrong with the files
    RadioButton inFolder = choice("wizard.folder", "wizard-folder");
    RadioButton inBucket = choice("wizard.s3", "wizard-s3");
    ToggleGroup group = new ToggleGroup();
    group.getToggles().addAll(inFolder, inBucket);
    StackPane fields = new StackPane(folder.node());
    ObjectProperty<PlaceForm> form = new SimpleObjectProperty<>(folder);
    TestedPlace tested = new TestedPlace(desk, form);
    inFolder.setSelected(true);
    group
        .selectedToggleProperty()
        .subscribe((_, chosen) -> {
          form.set(inBucket.equals(chosen) ? bucket : folder);
          fields.getChildren().setAll(form.get().node());
          form.get().focus();
        });
    Button next =
        dialogs.action(
            Texts.of("wizard.next"), false, () -> password(tested.location(), tested.there()));
    next.disableProperty().bind(tested.usable().not());
    VBox body = new VBox(12, new HBox(18, inFolder, inBucket), fields, tested.node());
    VBox card = dialogs.card(Texts.of("wizard.title"), body, dialogs.cancel(), next);
    card.setPrefWidth(640);
    dialogs.show(card);
    folder.focus();
  }

  private static RadioButton choice(String key, String id) {
    RadioButton button = new RadioButton(Texts.of(key));
    button.setId(id);
    return button;
  }

  /// The second page.
  ///
  /// @param there whether there is a repository already
  private void password(String place, boolean there) {
    PasswordField first = new PasswordField();
    first.setId("wizard-password");
    first.setAccessibleText(Texts.of("wizard.password"));
    PasswordField second = new PasswordField();
    second.setId("wizard-password-again");
    second.setAccessibleText(Texts.of("wizard.password.again"));
    CheckBox keep = new CheckBox(Texts.of("password.keep"));
    keep.setId("wizard-keep");
    Label hint = Section.text("", "caption");
    hint.setId("wizard-hint");
    VBox error = new VBox();
    Keychain.offer(desk, keep, hint);
    VBox body =
        new VBox(10, Section.text(place, "mono"), new Label(Texts.of("wizard.password")), first);
    if (!there) {
      body.getChildren()
          .addAll(
              new Label(Texts.of("wizard.password.again")),
              second,
              Section.text(Texts.of("wizard.password.why"), "muted"));
    }
    body.getChildren().addAll(keep, hint, error);
    Button go =
        dialogs.action(
            Texts.of(there ? "wizard.open" : "wizard.make"),
            false,
            () -> {
              String problem = there ? null : problem(first.getText(), second.getText());
              if (problem != null) {
                error.getChildren().setAll(Notice.bad(problem));
                return;
              }
              error.getChildren().setAll(new ProgressIndicator());
              Secret secret = Secret.of(first.getText());
              Consumer<EngineException> failed = e -> error.getChildren().setAll(Notice.of(e));
              if (there) {
                unlock(desk.repositories().at(place), secret, keep.isSelected(), failed);
              } else {
                desk.repositories().make(place, secret, keep.isSelected(), this::made, failed);
              }
            });
    go.disableProperty().bind(first.textProperty().isEmpty());
    dialogs.show(
        dialogs.card(
            Texts.of(there ? "wizard.open.title" : "wizard.make.title"),
            body,
            dialogs.cancel(),
            go));
    first.requestFocus();
  }

  private void made(Repositories.Made made) {
    dialogs.hide();
    EngineException notKept = made.notKept();
    if (notKept != null) {
      Keychain.notKept(dialogs, notKept);
    }
  }

  private static @Nullable String problem(String first, String second) {
    if (first.length() < SHORT) {
      return Texts.of("wizard.password.short", SHORT);
    }
    return first.equals(second) ? null : Texts.of("wizard.password.differs");
  }

  /// Asks for the password of a repository that is known.
  public void unlock(OpenRepository repository) {
    password(repository.location(), true);
  }

  private void unlock(
      OpenRepository repository, Secret secret, boolean keep, Consumer<EngineException> failed) {
    Secret copy = Secret.ofUtf8(secret.utf8());
    desk.repositories()
        .open(
            repository,
            secret,
            result -> {
              switch (result) {
                case Repositories.Result.Opened _ -> {
                  dialogs.hide();
                  Keychain.keep(desk, dialogs, repository, copy, keep);
                }
                case Repositories.Result.Failed(EngineException error) -> {
                  copy.close();
                  failed.accept(error);
                }
                case Repositories.Result.NeedsPassword _ -> copy.close();
              }
            });
  }
}
