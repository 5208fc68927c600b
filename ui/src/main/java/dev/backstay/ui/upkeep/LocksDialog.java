package dev.backstay.ui.upkeep;

import dev.backstay.model.EngineException;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.maintenance.LockView;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Who locks a repository, which locks nobody holds any more and why, and their removal.
final class LocksDialog {

  private static final double WIDTH = 920;

  private final Upkeep upkeep;
  private final Dialogs dialogs;
  private final RepositoryMaintenance maintenance;
  private final TableView<LockView> table = new TableView<>();
  private final Label summary = Section.text("", "strong");
  private final VBox news = new VBox(8);
  private final Button again = Upkeep.button("locks-again", "locks.again", this::read);
  private final Button stale =
      Upkeep.button("locks-remove-stale", "locks.remove-stale", () -> remove(false));
  private final Button all = Upkeep.button("locks-remove-all", "locks.remove-all", this::askAll);

  LocksDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.dialogs = upkeep.dialogs();
    this.maintenance = upkeep.maintenance();
    summary.setId("locks-summary");
    table.setId("locks-table");
    table.setAccessibleText(Texts.of("locks.list"));
    table.setPrefHeight(200);
    Columns.node(column("state", 100), LocksDialog::state);
    Columns.text(column("kind", 85), lock -> kind(lock));
    Columns.text(column("host", 190), LockView::hostname);
    Columns.text(column("user", 90), LockView::username);
    Columns.amount(column("pid", 75), lock -> lock.pid() > 0 ? "" + lock.pid() : "", LockView::pid);
    Columns.text(column("renewed", 90), this::age, LocksDialog::time);
    Columns.text(column("because", 235), LocksDialog::because);
    Columns.fill(table);
  }

  private TableColumn<LockView, LockView> column(String name, double width) {
    return Columns.add(table, Texts.of("locks.column." + name), width);
  }

  private static Badge state(LockView lock) {
    if (lock.removed()) {
      return new Badge(Texts.of("locks.stale"), Badge.Tone.WARN);
    }
    return lock.time() == null
        ? new Badge(Texts.of("locks.unreadable"), Badge.Tone.BAD)
        : new Badge(Texts.of("locks.held"), Badge.Tone.INFO);
  }

  private static String kind(LockView lock) {
    return lock.time() == null
        ? ""
        : Texts.of(lock.exclusive() ? "locks.exclusive" : "locks.shared");
  }

  private static Instant time(LockView lock) {
    return Objects.requireNonNullElse(lock.time(), Instant.EPOCH);
  }

  private String age(LockView lock) {
    return lock.time() == null ? "" : Amounts.age(lock.time(), upkeep.desk().clock().instant());
  }

  private static String because(LockView lock) {
    return lock.removed() ? Texts.of("locks.because." + lock.reason().replace(' ', '-')) : "";
  }

  void show() {
    Button close = dialogs.action(Texts.of("action.close"), false, dialogs::hide);
    VBox card =
        dialogs.card(
            upkeep.title("locks.title"),
            new VBox(
                12,
                Section.text(Texts.of("locks.why"), "muted"),
                summary,
                table,
                new HBox(8, again, stale, all),
                news),
            close);
    card.setPrefWidth(WIDTH);
    dialogs.show(card);
    read();
  }

  private void read() {
    table.setPlaceholder(new ProgressIndicator());
    ask(false, true, this::listed);
  }

  private void ask(boolean everyone, boolean dryRun, Consumer<List<LockView>> done) {
    stale.setDisable(true);
    all.setDisable(true);
    var _ =
        upkeep
            .desk()
            .background()
            .ask(_ -> maintenance.unlock(everyone, dryRun, _ -> false), done, this::failed);
  }

  private void failed(EngineException error) {
    table.setPlaceholder(new Label());
    news.getChildren().setAll(Notice.of(error));
  }

  private void listed(List<LockView> locks) {
    long gone = locks.stream().filter(LockView::removed).count();
    table.setPlaceholder(Section.text(Texts.of("locks.none"), "muted"));
    table.getItems().setAll(locks);
    summary.setText(
        Texts.of(
            "locks.summary",
            Texts.count("locks.count", locks.size()),
            Texts.count("locks.stale-count", gone)));
    stale.setDisable(gone == 0);
    all.setDisable(locks.isEmpty());
  }

  private void askAll() {
    CheckBox agreed = new CheckBox(Texts.of("locks.agree"));
    agreed.setId("locks-agree");
    Button go =
        dialogs.action(
            Texts.of("locks.remove-all.do"),
            true,
            () -> {
              dialogs.hide();
              remove(true);
            });
    go.disableProperty().bind(agreed.selectedProperty().not());
    dialogs.over(
        dialogs.card(
            upkeep.title("locks.remove-all.title"),
            new VBox(12, Section.text(Texts.of("locks.remove-all.why")), agreed),
            dialogs.cancel(),
            go));
  }

  private void remove(boolean everyone) {
    news.getChildren().setAll(new ProgressIndicator());
    ask(
        everyone,
        false,
        locks -> {
          long gone = locks.stream().filter(LockView::removed).count();
          news.getChildren().setAll(Notice.ok(Texts.count("locks.removed", gone)));
          read();
        });
  }
}
