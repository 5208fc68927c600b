package dev.backstay.ui.upkeep;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All that keeps one repository small, sound and opened by those who may. For the FX thread.
public final class Upkeep {

  private static final double WIDTH = 640;

  private final Desk desk;
  private final Dialogs dialogs;
  private final OpenRepository repository;

  /// @param repository has to be open whenever anything is asked for
  public Upkeep(Desk desk, Dialogs dialogs, OpenRepository repository) {
    this.desk = desk;
    this.dialogs = dialogs;
    this.repository = repository;
  }

  /// Shows which snapshots rules keep, and forgets the others.
  public void forget() {
    new ForgetDialog(this).show();
  }

  /// Shows what a prune would give back, and prunes.
  public void prune() {
    new PruneDialog(this).show();
  }

  /// Looks for damage, and leads to what repairs it.
  ///
  /// @param data whether every byte is read
  public void check(boolean data) {
    new CheckDialog(this).run(data);
  }

  /// Shows how much the repository holds, and what of it is whose.
  public void statistics() {
    new StatisticsDialog(this).show();
  }

  /// Shows the passwords, and adds, removes and changes them.
  public void keys() {
    new KeysDialog(this).show();
  }

  /// Shows who locks the repository, and removes what nobody holds.
  public void locks() {
    new LocksDialog(this).show();
  }

  /// Shows which repairs there are; the one that the last check asks for is chosen.
  public void repair() {
    RepairAdvice advice = RepairAdvice.of(repository.lastCheck());
    repair(Objects.requireNonNullElse(advice.next(), Repair.INDEX), advice.packs());
  }

  /// @param packs those that are damaged
  void repair(Repair repair, List<String> packs) {
    new RepairDialog(this, repair, packs).show();
  }

  Desk desk() {
    return desk;
  }

  Dialogs dialogs() {
    return dialogs;
  }

  OpenRepository repository() {
    return repository;
  }

  /// The one that is open now: another one once the password has been changed.
  RepositorySession session() {
    return Objects.requireNonNull(repository.session());
  }

  RepositoryMaintenance maintenance() {
    return new RepositoryMaintenance(session());
  }

  /// @param key of a text that has the repository's name in it
  String title(String key) {
    return Texts.of(key, repository.name());
  }

  /// The context of the cluster that a host stands for, where restore points tell it.
  String host(String host) {
    return desk.points().all().stream()
        .filter(point -> point.clusterId().equals(host))
        .map(RestorePoint::context)
        .findFirst()
        .orElse(host);
  }

  /// Long work with its progress; cancelling it ends its waiting for the store too.
  ///
  /// @param cancelled what is told after a cancellation
  <T> void metered(
      String title, String cancelled, MeteredDialog.Task<T> task, Consumer<? super T> then) {
    RepositorySession session = session();
    new MeteredDialog(dialogs, desk.background())
        .run(
            title,
            cancelled,
            (cancel, meter) -> {
              try (CancelToken.Registration _ = session.during(cancel)) {
                return task.run(cancel, meter);
              }
            },
            then,
            error -> dialogs.tell(title, told(error)));
  }

  /// What went wrong; where it is for a lock or the index, what helps is one press away.
  Region told(EngineException error) {
    String message = StatePane.sentence(String.valueOf(error.getMessage()));
    return switch (error.code()) {
      case "repository.locked", "repository.lock-unreadable" ->
          Notice.bad(
              message + " " + Texts.of("upkeep.locked"),
              button("notice-locks", "upkeep.locks", this::locks));
      case "repository.index-first" ->
          Notice.bad(
              message + " " + Texts.of("upkeep.index-first"),
              button("notice-repair", "repair.index.do", () -> repair(Repair.INDEX, List.of())));
      default -> Notice.of(error);
    };
  }

  /// Tells how something ended.
  ///
  /// @param led whether what is told leads on, so that closing it is not what is meant to come next
  void tell(String title, Node body, boolean led) {
    Button close = dialogs.action(Texts.of("action.close"), false, dialogs::hide);
    close.setDefaultButton(!led);
    if (led) {
      close.getStyleClass().remove("accent");
    }
    VBox card = dialogs.card(title, body, close);
    card.setPrefWidth(WIDTH);
    dialogs.over(card);
  }

  static Button button(String id, String key, Runnable run) {
    Button button = new Button(Texts.of(key));
    button.setId(id);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> run.run());
    return button;
  }
}
