package dev.backstay.ui.window;

import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.Production;
import dev.backstay.ui.clusters.ProductionColour;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.UnlockWish;
import dev.backstay.ui.shell.ShellController;
import dev.backstay.workflow.lock.ContextId;
import dev.backstay.workflow.lock.LockStanding;
import dev.backstay.workflow.lock.LockState;
import java.util.Objects;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Says in the title bar whether the context in view is production, and unlocks it by its name.
final class ProductionBadge {

  private static final Duration PACE = Duration.seconds(1);

  private final Production production;
  private final ShellController shell;
  private final Dialogs dialogs;
  private final Timeline timeline = new Timeline(new KeyFrame(PACE, _ -> tick()));
  private @Nullable String shown;
  private @Nullable ContextId lastContext;
  private @Nullable LockState lastState;

  ProductionBadge(Desk desk, ShellController shell, Dialogs dialogs) {
    this.production = desk.production();
    this.shell = shell;
    this.dialogs = dialogs;
  }

  /// From now on, with every place and every second.
  void start() {
    shell.contextProperty().subscribe(this::look);
    production.changesProperty().subscribe(() -> look(shell.contextProperty().get()));
    shell.node().addEventHandler(UnlockWish.TYPE, this::wished);
    timeline.setCycleCount(Timeline.INDEFINITE);
    timeline.play();
    production.look();
  }

  void close() {
    timeline.stop();
  }

  private void tick() {
    production.look();
    look(shell.contextProperty().get()); // the time that is left
  }

  private void look(@Nullable ContextId context) {
    if (context == null || !production.mark(context.name()).production()) {
      put(null, "", () -> {});
      changed(context, null);
      return;
    }
    LockStanding standing = production.standing(context);
    String colour = production.mark(context.name()).colour();
    put(text(standing), ProductionColour.style(colour), () -> pressed(context));
    changed(context, standing.state());
  }

  private void put(@Nullable String text, String style, Runnable pressed) {
    String now = text + style;
    if (!now.equals(shown)) {
      shown = now;
      shell.production(text, style, pressed);
    }
  }

  /// The same context in another state.
  private void changed(@Nullable ContextId context, @Nullable LockState state) {
    boolean other = Objects.equals(context, lastContext) && state != lastState;
    lastContext = context;
    lastState = state;
    if (other) {
      shell.lockChanged();
    }
  }

  private static String text(LockStanding standing) {
    return switch (standing.state()) {
      case LOCKED -> Texts.of("lock.badge");
      case BACKUP -> Texts.of("lock.badge.backup");
      case UNLOCKED -> Texts.of("lock.badge.open", standing.left().map(Amounts::span).orElse("–"));
    };
  }

  private void pressed(ContextId context) {
    if (production.standing(context).left().isPresent()) {
      production.lock(context);
    } else {
      ask(context);
    }
  }

  private void wished(UnlockWish wish) {
    ContextId context = wish.context() == null ? shell.contextProperty().get() : wish.context();
    if (context != null) {
      ask(context);
    }
  }

  private void ask(ContextId context) {
    dialogs.text(
        Texts.of("lock.title", context.name()),
        Texts.of("lock.why"),
        "",
        Texts.of("lock.unlock"),
        typed -> unlock(context, typed));
  }

  private void unlock(ContextId context, String typed) {
    try {
      production.unlock(context, typed);
    } catch (EngineException e) {
      dialogs.tell(Texts.of("lock.title", context.name()), Notice.of(e));
    }
  }
}
