package dev.backstay.ui.window;

import dev.backstay.model.Outcome;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.jobs.Outcomes;
import dev.backstay.ui.jobs.ProgressText;
import dev.backstay.ui.shell.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.util.Duration;
import org.controlsfx.control.NotificationPane;
import org.controlsfx.control.action.Action;
import org.jspecify.annotations.Nullable;

/// Tells at the bottom of the page that a job has ended, how, and leads to it; what went well goes
/// away by itself. Not told is what the user is looking at.
final class JobNotices {

  private static final Duration PATIENCE = Duration.seconds(8);

  private final Desk desk;
  private final NotificationPane pane;
  private final Deque<Jobs.Ended> waiting = new ArrayDeque<>();
  private final PauseTransition pause = new PauseTransition(PATIENCE);

  JobNotices(Desk desk, NotificationPane pane) {
    this.desk = desk;
    this.pane = pane;
    pause.setOnFinished(_ -> pane.hide());
    pane.setOnHidden(_ -> next());
  }

  void start() {
    desk.jobs().lastProperty().subscribe(this::ended);
  }

  private void ended(Jobs.@Nullable Ended last) {
    if (last != null && !inView(last)) {
      waiting.add(last);
      next();
    }
  }

  private boolean inView(Jobs.Ended last) {
    return desk.navigator().place() instanceof Place.Jobs(var job)
        && (job == null || job.equals(last.job().id()));
  }

  private void next() {
    if (!pane.isShowing() && !waiting.isEmpty()) {
      show(waiting.remove());
    }
  }

  private void show(Jobs.Ended last) {
    pause.stop();
    Action look =
        new Action(
            Texts.of("job.notice.show"),
            _ -> {
              pane.hide();
              desk.navigator().go(new Place.Jobs(last.job().id()));
            });
    pane.getActions().setAll(look);
    pane.show(text(last), icon(last.outcome()));
    pane.lookupAll(".close-button")
        .forEach(button -> button.setAccessibleText(Texts.of("job.notice.close")));
    if (last.outcome() instanceof Outcome.Completed) {
      pause.playFromStart();
    }
  }

  private static String text(Jobs.Ended last) {
    String context = Objects.requireNonNullElse(last.job().spec().context(), "");
    String title = ProgressText.title(last.job().spec());
    return Texts.of(
        "job.notice",
        context.isEmpty() ? title : title + " · " + context,
        Outcomes.word(last.outcome()));
  }

  static Node icon(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> Icons.of("mdi2c-check-circle-outline", "icon-ok");
      case Outcome.PartiallyFailed _ -> Icons.of("mdi2a-alert-outline", "icon-warn");
      case Outcome.Failed _ -> Icons.of("mdi2a-alert-circle-outline", "icon-bad");
      case Outcome.Cancelled _ -> Icons.of("mdi2c-cancel", "icon");
    };
  }
}
