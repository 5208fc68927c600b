package dev.backstay.ui.jobs;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.ContextLabel;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Ticker;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobLine;
import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobStanding;
import dev.backstay.workflow.job.JobState;
import dev.backstay.workflow.job.JobSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// One job: how it stands, what it does, its log, and what can be done about it.
final class JobPane extends VBox {

  private static final int LOG_TICKS = 5;

  /// How another process' job ended is looked for every five seconds.
  private static final int LIST_TICKS = 25;

  private final Desk desk;
  private final JobId job;
  private final JobActions actions;
  private final VBox state = new VBox(8);
  private final ListView<JobLine> log = new ListView<>();
  private Subscription ticking = Subscription.EMPTY;
  private int ticks;

  JobPane(Desk desk, JobSummary summary, JobActions actions) {
    super(10);
    this.desk = desk;
    this.job = summary.id();
    this.actions = actions;
    log.setId("job-log");
    log.setStyle("-fx-fixed-cell-size: 1.9em;");
    log.setAccessibleText(Texts.of("jobs.log"));
    log.getStyleClass().add("code");
    log.setCellFactory(_ -> new LogCell());
    log.setPlaceholder(new Label(Texts.of("jobs.no-log")));
    log.setPrefHeight(120);
    VBox.setVgrow(log, Priority.ALWAYS);
    ScrollPane scroll = new ScrollPane(state);
    scroll.setFitToWidth(true);
    scroll.setMinHeight(110);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(scroll, log);
    show(summary);
  }

  JobId job() {
    return job;
  }

  void show(JobSummary summary) {
    ticking.unsubscribe();
    Optional<JobHandle> handle =
        desk.jobs().running().stream().filter(j -> j.id().equals(job)).findFirst();
    handle.ifPresentOrElse(
        running -> {
          Running live = new Running(running);
          state.getChildren().setAll(head(summary, live.cancel), live);
          ticking = Ticker.start(() -> tick(live));
          live.look();
        },
        () -> {
          if (summary.elsewhere()) {
            elsewhere(summary);
          } else {
            past(summary);
          }
        });
    readLog();
  }

  /// Another process works on it: neither its progress nor its cancelling is ours.
  private void elsewhere(JobSummary summary) {
    Notice notice = Notice.info(Texts.of("jobs.elsewhere", Long.toString(summary.pid())));
    notice.setId("job-elsewhere");
    state.getChildren().setAll(head(summary), notice, facts(summary));
    ticking = Ticker.start(this::follow);
  }

  private void follow() {
    ticks++;
    if (ticks % LOG_TICKS == 0) {
      readLog();
    }
    if (ticks % LIST_TICKS == 0) {
      desk.jobs().load();
    }
  }

  private void tick(Running live) {
    live.look();
    if (++ticks % LOG_TICKS == 0) {
      readLog();
    }
  }

  private void past(JobSummary summary) {
    state.getChildren().setAll(head(summary, buttons(summary)));
    ItemFailure error = summary.error();
    if (error != null) {
      state.getChildren().add(Notice.bad(Notice.line(error)));
    }
    if (summary.standing() == JobStanding.INTERRUPTED) {
      state.getChildren().add(Notice.warn(interrupted(summary)));
    }
    state.getChildren().addAll(Notice.of(summary.failures(), true).getChildren());
    state.getChildren().addAll(Notice.of(summary.warnings(), false).getChildren());
    state.getChildren().add(facts(summary));
  }

  private static String interrupted(JobSummary summary) {
    String step = Objects.requireNonNullElse(summary.lastStep(), "–");
    return Texts.of("jobs.interrupted", step, Amounts.count(summary.leftovers().size()));
  }

  private static Facts facts(JobSummary summary) {
    Instant ended = summary.ended();
    Instant started = summary.started();
    return new Facts()
        .add("jobs.fact.submitted", Amounts.moment(summary.submitted()))
        .add("jobs.fact.ended", Amounts.moment(ended))
        .add(
            "jobs.fact.took",
            ended == null || started == null
                ? ""
                : Amounts.duration(Duration.between(started, ended)))
        .add("jobs.fact.repository", Objects.requireNonNullElse(summary.spec().repository(), ""))
        .add("jobs.fact.context", Objects.requireNonNullElse(summary.spec().context(), ""));
  }

  private HBox head(JobSummary summary, javafx.scene.Node... right) {
    Label title = new Label(ProgressText.title(summary.spec()));
    title.getStyleClass().add("heading");
    String name = Objects.requireNonNullElse(summary.spec().context(), "");
    ContextLabel context = new ContextLabel(desk.production(), name);
    context.setId("job-context");
    HBox head = new HBox(10, title, Outcomes.badge(summary.standing()), context);
    HBox space = new HBox();
    HBox.setHgrow(space, Priority.ALWAYS);
    head.getChildren().add(space);
    head.getChildren().addAll(right);
    head.setAlignment(Pos.CENTER_LEFT);
    return head;
  }

  private Button[] buttons(JobSummary summary) {
    Button made = new Button(Texts.of("action.browse"), Icons.of("mdi2f-folder-search-outline"));
    made.setId("job-browse");
    made.setOnAction(
        _ -> point(summary).ifPresent(p -> desk.navigator().go(new Place.Browse(p, "/"))));
    Button again = new Button(Texts.of(again(summary)), Icons.of("mdi2r-replay"));
    again.setId("job-again");
    again.setOnAction(_ -> actions.again(summary));
    boolean kind =
        summary.spec().kind() == JobKind.BACKUP || summary.spec().kind() == JobKind.RESTORE;
    boolean repeats = kind && summary.standing().ended();
    Button cleanUp = new Button(Texts.of("jobs.clean-up"), Icons.of("mdi2b-broom"));
    cleanUp.setId("job-clean-up");
    cleanUp.setOnAction(_ -> actions.cleanUp());
    boolean dirty = !summary.leftovers().isEmpty() && summary.standing().ended();
    return java.util.stream.Stream.of(
            summary.restorePoint() != null ? made : null,
            dirty ? cleanUp : null,
            repeats ? again : null)
        .filter(Objects::nonNull)
        .toArray(Button[]::new);
  }

  /// Not known yet for a moment after the job has ended.
  private Optional<RestorePoint> point(JobSummary summary) {
    return desk.points().all().stream()
        .filter(p -> p.id().equals(summary.restorePoint()))
        .findFirst();
  }

  private static String again(JobSummary summary) {
    return summary.standing() == JobStanding.INTERRUPTED ? "jobs.resume" : "jobs.again";
  }

  private void readLog() {
    var _ = desk.background().ask(_ -> desk.engine().jobLog(job), this::showLog, _ -> {});
  }

  private void showLog(List<JobLine> lines) {
    if (lines.size() != log.getItems().size()) {
      log.getItems().setAll(lines);
      log.scrollTo(lines.size() - 1);
    }
  }

  void close() {
    ticking.unsubscribe();
  }

  private static final class LogCell extends ListCell<JobLine> {
    @Override
    protected void updateItem(@Nullable JobLine line, boolean empty) {
      super.updateItem(line, empty);
      setText(empty || line == null ? null : Amounts.moment(line.time()) + "   " + line.text());
    }
  }

  /// The bar and the numbers of a job that runs.
  private static final class Running extends VBox {
    private final JobHandle handle;
    private final Button cancel =
        new Button(Texts.of("job.cancel"), Icons.of("mdi2s-stop-circle-outline"));
    private final ProgressBar bar = new ProgressBar();
    private final Label phase = new Label();
    private final Label eta = new Label();
    private final Label numbers = new Label();

    Running(JobHandle handle) {
      super(8);
      this.handle = handle;
      cancel.setId("job-cancel");
      cancel.setOnAction(_ -> handle.cancel());
      bar.setMaxWidth(Double.MAX_VALUE);
      HBox space = new HBox();
      HBox.setHgrow(space, Priority.ALWAYS);
      HBox line = new HBox(10, phase, space, eta);
      phase.getStyleClass().add("strong");
      numbers.getStyleClass().add("muted");
      getChildren().addAll(line, bar, numbers);
    }

    void look() {
      JobProgress now = handle.progress();
      boolean cancelling = now.state() == JobState.CANCELLING;
      phase.setText(cancelling ? Texts.of("job.cancelling") : ProgressText.phase(now));
      cancel.setDisable(cancelling || now.state() == JobState.ENDED);
      bar.setProgress(ProgressText.share(now));
      eta.setText(Texts.of("job.eta", ProgressText.remaining(now)));
      numbers.setText(
          Texts.of(
              "job.numbers",
              ProgressText.items(now),
              ProgressText.bytes(now),
              ProgressText.rates(now),
              Amounts.duration(now.elapsed())));
    }
  }
}
