package dev.backstay.ui.window;

import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.ShellController;
import dev.backstay.workflow.lock.ContextLocks;
import dev.backstay.workflow.lock.LockStanding;
import java.util.Objects;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Says in the title bar whether the context in view is production, and unlocks it by its name.
final class ProductionBadge {

  private static final Duration PACE = Duration.seconds(1);

  private final Desk desk;
  private final ShellController shell;
  private final Dialogs dialogs;
  private @Nullable String shown;

  ProductionBadge(Desk desk, ShellController shell, Dialogs dialogs) {
    this.desk = desk;
    this.shell = shell;
    this.dialogs = dialogs;
  }

  /// From now on, with every place and every second.
  void start() {
    desk.navigator().placeProperty().subscribe(this::look);
    Timeline timeline = new Timeline(new KeyFrame(PACE, _ -> look(desk.navigator().place())));
    timeline.setCycleCount(Timeline.INDEFINITE);
    timeline.play();
  }

  private void look(Place place) {
    String context = context(place);
    ContextLocks locks = desk.engine().locks();
    String text =
        context == null || !locks.mark(context).production() ? null : text(locks.state(context));
    String seen = text == null ? null : text + locks.mark(Objects.requireNonNull(context)).colour();
    if (!Objects.equals(seen, shown)) {
      shown = seen;
      String colour = context == null ? "" : locks.mark(context).colour();
      shell.production(
          text,
          text == null ? "" : ProductionColour.style(colour),
          () -> pressed(Objects.requireNonNull(context)));
    }
  }

  private static @Nullable String context(Place place) {
    return switch (place) {
      case Place.Namespace n -> n.cluster().key().name();
      case Place.Volumes v -> v.cluster().key().name();
      case Place.Classes c -> c.cluster().key().name();
      case Place.BackUp b -> b.cluster().key().name();
      case Place.Browse b -> b.point().context();
      case Place.Restore r -> r.point().context();
      case Place.Overview _,
          Place.Points _,
          Place.Jobs _,
          Place.Repositories _,
          Place.Snapshots _,
          Place.Settings _,
          Place.About _ ->
          null;
    };
  }

  private static String text(LockStanding standing) {
    return switch (standing.state()) {
      case LOCKED -> Texts.of("lock.badge");
      case BACKUP -> Texts.of("lock.badge.backup");
      case UNLOCKED -> Texts.of("lock.badge.open", standing.left().map(Amounts::span).orElse("–"));
    };
  }

  private void pressed(String context) {
    ContextLocks locks = desk.engine().locks();
    if (locks.state(context).left().isPresent()) {
      locks.lock(context);
      look(desk.navigator().place());
      return;
    }
    dialogs.text(
        Texts.of("lock.title", context),
        Texts.of("lock.why"),
        "",
        Texts.of("lock.unlock"),
        typed -> unlock(locks, context, typed));
  }

  private void unlock(ContextLocks locks, String context, String typed) {
    try {
      locks.unlock(context, typed);
      look(desk.navigator().place());
      shell.refresh();
    } catch (EngineException e) {
      dialogs.tell(Texts.of("lock.title", context), Notice.of(e));
    }
  }
}
