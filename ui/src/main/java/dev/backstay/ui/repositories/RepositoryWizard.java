package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.repository.PlaceTest;
import java.io.File;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
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

  /// Tries what a repository asks of a place.
  static void test(
      Desk desk, String place, Consumer<PlaceTest.Report> done, Consumer<EngineException> failed) {
    var _ =
        desk.background()
            .ask(
                _ ->
                    new PlaceTest(desk.engine().settings().stores())
                        .find(new RepositoryLocation(place)),
                done,
                failed);
  }

  /// The first page.
  public void open() {
    StringProperty place = new SimpleStringProperty("");
    BooleanProperty usable = new SimpleBooleanProperty();
    VBox report = new VBox(6);
    RadioButton folder = new RadioButton(Texts.of("wizard.folder"));
    RadioButton s3 = new RadioButton(Texts.of("wizard.s3"));
    ToggleGroup group = new ToggleGroup();
    folder.setToggleGroup(group);
    s3.setToggleGroup(group);
    folder.setSelected(true);
    s3.setDisable(true);
    TextField field = new TextField();
    field.setId("wizard-place");
    field.setPromptText(Texts.of("wizard.place.prompt"));
    field.setAccessibleText(Texts.of("wizard.place"));
    field.textProperty().bindBidirectional(place);
    HBox.setHgrow(field, Priority.ALWAYS);
    Button choose = new Button(Texts.of("wizard.browse"), Icons.of("mdi2f-folder-outline"));
    choose.setOnAction(_ -> choose(field));
    Button test = new Button(Texts.of("wizard.test"), Icons.of("mdi2s-stethoscope"));
    test.setId("wizard-test");
    test.disableProperty().bind(place.map(String::isBlank));
    PlaceTest.Report[] last = new PlaceTest.Report[1];
    test.setOnAction(_ -> {
      report.getChildren().setAll(new ProgressIndicator());
      String asked = place.get().strip();
      test(
          desk,
          asked,
          found -> {
            // the answer about another place must not let this one pass
            if (!place.get().strip().equals(asked)) {
              return;
            }
            last[0] = found;
            report.getChildren().setAll(Capabilities.of(found));
            report.getChildren().addFirst(holds(found));
            usable.set(found.usable() && found.holds() != PlaceTest.Holds.OTHER_FILES);
          },
          error -> {
            if (place.get().strip().equals(asked)) {
              report.getChildren().setAll(Notice.of(error));
            }
          });
    });
    place.subscribe(() -> {
      usable.set(false);
      report.getChildren().clear();
    });
    HBox line = new HBox(8, field, choose, test);
    line.setAlignment(Pos.CENTER_LEFT);
    ScrollPane scroll = new ScrollPane(report);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(250);
    Button next =
        dialogs.action(
            Texts.of("wizard.next"),
            false,
            () -> password(place.get().strip(), last[0].holds() == PlaceTest.Holds.REPOSITORY));
    next.disableProperty().bind(usable.not());
    VBox body =
        new VBox(
            12,
            new HBox(18, folder, s3),
            Section.text(Texts.of("wizard.place.why"), "muted"),
            line,
            scroll);
    VBox card = dialogs.card(Texts.of("wizard.title"), body, dialogs.cancel(), next);
    card.setPrefWidth(640);
    dialogs.show(card);
    field.requestFocus();
  }

  private static Notice holds(PlaceTest.Report report) {
    return switch (report.holds()) {
      case NOTHING -> Notice.info(Texts.of("wizard.holds.nothing"));
      case REPOSITORY -> Notice.info(Texts.of("wizard.holds.repository"));
      case OTHER_FILES -> Notice.bad(Texts.of("wizard.holds.other"));
    };
  }

  private static void choose(TextField field) {
    File chosen = new DirectoryChooser().showDialog(field.getScene().getWindow());
    if (chosen != null) {
      field.setText(chosen.getPath());
    }
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
