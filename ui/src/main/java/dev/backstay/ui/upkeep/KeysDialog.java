package dev.backstay.ui.upkeep;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.repositories.PasswordChange;
import dev.backstay.workflow.maintenance.KeyView;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The passwords of a repository, one key each: who made them, and which one opened it.
final class KeysDialog {

  private static final double WIDTH = 760;

  private final Upkeep upkeep;
  private final Dialogs dialogs;
  private final TableView<KeyView> table = new TableView<>();
  private final Label hint = Section.text("", "muted");
  private final VBox news = new VBox(8);
  private final Button add = Upkeep.button("keys-add", "key.add", this::add);
  private final Button change = Upkeep.button("keys-change", "key.change", this::change);
  private final Button remove = Upkeep.button("keys-remove", "key.remove", this::remove);

  KeysDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.dialogs = upkeep.dialogs();
    hint.setId("keys-hint");
    table.setId("keys-table");
    table.setAccessibleText(Texts.of("key.list"));
    table.setPrefHeight(200);
    Columns.node(column("state", 105), KeysDialog::state);
    Columns.text(column("id", 90), key -> brief(key.id()));
    Columns.text(column("user", 130), KeyView::username);
    Columns.text(column("host", 190), KeyView::hostname);
    Columns.text(
        column("created", 165),
        key -> Amounts.moment(key.created()),
        key -> Amounts.moment(key.created()));
    Columns.fill(table);
    table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
  }

  private TableColumn<KeyView, KeyView> column(String name, double width) {
    return Columns.add(table, Texts.of("key.column." + name), width);
  }

  private static @Nullable Badge state(KeyView key) {
    if (!key.damage().isEmpty()) {
      return new Badge(Texts.of("key.damaged"), Badge.Tone.BAD);
    }
    return key.current() ? new Badge(Texts.of("key.current"), Badge.Tone.INFO) : null;
  }

  private static String brief(String id) {
    return id.substring(0, 8);
  }

  private void chosen(@Nullable KeyView key) {
    remove.setDisable(key == null || key.current());
    if (key == null) {
      hint.setText(Texts.of("key.select"));
    } else if (key.current()) {
      hint.setText(Texts.of("key.current.why"));
    } else {
      hint.setText(key.damage().isEmpty() ? Texts.of("key.removable") : key.damage());
    }
  }

  void show() {
    Button close = dialogs.action(Texts.of("action.close"), false, dialogs::hide);
    VBox card =
        dialogs.card(
            upkeep.title("key.title"),
            new VBox(
                12,
                Section.text(Texts.of("key.why"), "muted"),
                table,
                hint,
                new HBox(8, add, change, remove),
                news),
            close);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
    read();
  }

  private void read() {
    table.setPlaceholder(new ProgressIndicator());
    RepositoryMaintenance maintenance = upkeep.maintenance();
    var _ =
        upkeep
            .desk()
            .background()
            .ask(
                _ -> maintenance.keys(),
                this::listed,
                error -> {
                  table.setPlaceholder(new Label());
                  tell(error);
                });
  }

  private void listed(List<KeyView> keys) {
    table.getItems().setAll(keys);
    table.getItems().sort(Comparator.comparing(key -> !key.current()));
    table.getSelectionModel().clearSelection();
    chosen(null);
  }

  private void tell(EngineException error) {
    news.getChildren().setAll(upkeep.told(error));
  }

  private void add() {
    RepositoryMaintenance maintenance = upkeep.maintenance();
    new NewPasswordDialog(
            upkeep,
            upkeep.title("key.add.title"),
            Texts.of("key.add.why"),
            Texts.of("key.add.do"),
            (password, done, failed) ->
                ask(
                    cancel -> added(maintenance, password, cancel),
                    id -> {
                      done.run();
                      changed("key.added", id);
                    },
                    failed))
        .show();
  }

  private static String added(
      RepositoryMaintenance maintenance, Secret password, CancelToken cancel) {
    try (password) {
      return maintenance.addKey(password, "", "", cancel);
    }
  }

  private void ask(
      Function<CancelToken, String> work, Consumer<String> done, Consumer<EngineException> failed) {
    var _ = upkeep.desk().background().ask(work::apply, done, failed);
  }

  private void changed(String key, String id) {
    news.getChildren().setAll(Notice.ok(Texts.of(key, brief(id))));
    read();
  }

  private void change() {
    new NewPasswordDialog(
            upkeep,
            upkeep.title("key.change.title"),
            Texts.of("key.change.why"),
            Texts.of("key.change.do"),
            (password, done, failed) ->
                new PasswordChange(upkeep.desk(), upkeep.repository())
                    .to(
                        password,
                        changed -> {
                          done.run();
                          changed(changed);
                        },
                        failed))
        .show();
  }

  private void changed(PasswordChange.Changed changed) {
    changed("key.changed", changed.key());
    if (changed.notKept() != null) {
      news.getChildren()
          .addAll(Notice.warn(Texts.of("password.not-kept.why")), Notice.of(changed.notKept()));
    }
    if (changed.elsewhere()) {
      news.getChildren().add(Notice.warn(Texts.of("key.elsewhere")));
    }
    if (changed.notOpened() != null) {
      news.getChildren().add(Notice.of(changed.notOpened()));
    }
  }

  private void remove() {
    KeyView key = Objects.requireNonNull(table.getSelectionModel().getSelectedItem());
    RepositoryMaintenance maintenance = upkeep.maintenance();
    var _ =
        dialogs.confirm(
            Texts.of("key.remove.title", brief(key.id())),
            Section.text(Texts.of("key.remove.why", key.username(), key.hostname())),
            Texts.of("key.remove.do"),
            true,
            () -> {
              news.getChildren().setAll(new ProgressIndicator());
              ask(
                  cancel -> maintenance.removeKey(key.id(), cancel),
                  id -> changed("key.removed", id),
                  this::tell);
            });
  }
}
