package dev.backstay.ui.jobs;

import dev.backstay.model.Outcome;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.ContextLabel;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Ticker;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobState;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What runs now, or how the last job ended, at the bottom of the window.
public final class StatusBar extends HBox {

  private final Desk desk;
  private final Hyperlink title = new Hyperlink();
  private final ContextLabel context = new ContextLabel();
  private final ProgressBar bar = new ProgressBar();
  private final Label text = new Label();
  private final Label more = new Label();
  private final Button cancel = new Button(Texts.of("job.cancel"));
  private Subscription ticking = Subscription.EMPTY;

  public StatusBar(Desk desk) {
    super(10);
    this.desk = desk;
    setAlignment(Pos.CENTER_LEFT);
    setMinHeight(22);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    title.setId("status-job");
    text.setId("status-text");
    more.setId("status-more");
    more.getStyleClass().add("muted");
    bar.setPrefWidth(160);
    cancel.setId("status-cancel");
    cancel.getStyleClass().add("small");
    cancel.setMinWidth(USE_PREF_SIZE);
    title.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(title, context, bar, text, space, more, cancel);
    desk.jobs().running().addListener((ListChangeListener<JobHandle>) _ -> changed());
    desk.jobs().lastProperty().subscribe(_ -> changed());
    desk.production().changesProperty().subscribe((_, _) -> changed());
    changed();
  }

  private void changed() {
    ticking.unsubscribe();
    JobHandle job = newest();
    boolean busy = job != null;
    bar.setVisible(busy);
    bar.setManaged(busy);
    cancel.setVisible(busy);
    cancel.setManaged(busy);
    if (job == null) {
      idle(desk.jobs().lastProperty().get());
      return;
    }
    title.setGraphic(null);
    title.setText(ProgressText.title(job.spec()));
    name(job);
    title.setOnAction(_ -> desk.navigator().go(new Place.Jobs(job.id())));
    cancel.setOnAction(_ -> job.cancel());
    int others = desk.jobs().running().size() - 1;
    more.setText(others > 0 ? Texts.count("status.more", others) : "");
    ticking = Ticker.start(() -> look(job));
    look(job);
  }

  private void name(JobHandle job) {
    context.show(desk.production(), Objects.requireNonNullElse(job.spec().context(), ""));
  }

  private @Nullable JobHandle newest() {
    return desk.jobs().running().isEmpty() ? null : desk.jobs().running().getLast();
  }

  private void look(JobHandle job) {
    JobProgress progress = job.progress();
    bar.setProgress(ProgressText.share(progress));
    boolean cancelling = progress.state() == JobState.CANCELLING;
    text.setText(cancelling ? Texts.of("job.cancelling") : ProgressText.line(progress));
    cancel.setDisable(cancelling);
  }

  private void idle(Jobs.@Nullable Ended last) {
    more.setText("");
    text.setText("");
    if (last == null) {
      context.show(desk.production(), "");
      title.setGraphic(null);
      title.setText(Texts.of("status.idle"));
      title.setOnAction(_ -> desk.navigator().go(new Place.Jobs(null)));
      return;
    }
    name(last.job());
    title.setText(
        Texts.of(
            "status.ended", ProgressText.title(last.job().spec()), Outcomes.word(last.outcome())));
    title.setGraphic(
        switch (last.outcome()) {
          case Outcome.Completed _ -> Icons.of("mdi2c-check-circle-outline", "icon-ok");
          case Outcome.PartiallyFailed _ -> Icons.of("mdi2a-alert-outline", "icon-warn");
          case Outcome.Failed _ -> Icons.of("mdi2a-alert-circle-outline", "icon-bad");
          case Outcome.Cancelled _ -> Icons.of("mdi2c-cancel", "icon");
        });
    title.setOnAction(_ -> desk.navigator().go(new Place.Jobs(last.job().id())));
  }
}
