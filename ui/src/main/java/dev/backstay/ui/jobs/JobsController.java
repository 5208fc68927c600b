package dev.backstay.ui.jobs;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSummary;
import dev.backstay.workflow.lock.ContextId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// All jobs, and one of them in full.
public final class JobsController implements Screen {

  @FXML private BorderPane root;
  @FXML private Button cleanUp;
  @FXML private TableView<JobSummary> table;
  @FXML private TableColumn<JobSummary, JobSummary> standing;
  @FXML private TableColumn<JobSummary, JobSummary> what;
  @FXML private TableColumn<JobSummary, JobSummary> context;
  @FXML private TableColumn<JobSummary, JobSummary> begun;
  @FXML private TableColumn<JobSummary, JobSummary> took;
  @FXML private TableColumn<JobSummary, JobSummary> id;
  @FXML private StackPane details;

  private final Desk desk;
  private final JobActions actions;
  private @Nullable JobId wanted;
  private @Nullable JobPane pane;
  private Subscription watching = Subscription.EMPTY;
  private boolean filling;

  /// @param wanted the job to begin with, null for the newest
  public JobsController(Desk desk, @Nullable JobId wanted, JobActions actions) {
    this.desk = desk;
    this.wanted = wanted;
    this.actions = actions;
  }

  @FXML
  void initialize() {
    Columns.node(standing, job -> Outcomes.badge(job.standing()));
    standing.setComparator(Comparator.comparing(JobSummary::standing));
    Columns.text(what, job -> ProgressText.title(job.spec()));
    Columns.text(context, job -> Objects.requireNonNullElse(job.spec().context(), ""));
    Columns.text(begun, job -> Amounts.moment(job.submitted()), JobSummary::submitted);
    Columns.amount(took, job -> Amounts.duration(length(job)), JobsController::length);
    Columns.text(id, job -> job.id().text());
    Columns.fill(table);
    table.setPlaceholder(new Label(Texts.of("jobs.none")));
    table.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    cleanUp.setOnAction(_ -> actions.cleanUp());
  }

  private static Duration length(JobSummary job) {
    Instant from = Objects.requireNonNullElse(job.started(), job.submitted());
    Instant to = Objects.requireNonNullElse(job.ended(), Instant.now());
    return Duration.between(from, to);
  }

  private void fill() {
    JobId keep = wanted != null || pane == null ? wanted : pane.job();
    filling = true;
    table.getItems().setAll(desk.jobs().all());
    Optional<JobSummary> chosen =
        table.getItems().stream().filter(job -> job.id().equals(keep)).findFirst();
    chosen.ifPresentOrElse(
        job -> table.getSelectionModel().select(job),
        () -> table.getSelectionModel().selectFirst());
    filling = false;
  }

  private void chosen(@Nullable JobSummary job) {
    if (job == null) {
      return;
    }
    if (!filling || job.id().equals(wanted)) {
      wanted = null; // a job that was just submitted may be listed a moment later
    }
    if (pane != null) {
      if (pane.job().equals(job.id())) {
        pane.show(job);
        return;
      }
      pane.close();
    }
    pane = new JobPane(desk, job, actions);
    details.getChildren().setAll(pane);
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.jobs");
  }

  @Override
  public void shown() {
    watching = desk.jobs().all().subscribe(this::fill);
    fill();
    desk.jobs().load();
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return table.getSelectionModel().selectedItemProperty().map(this::context);
  }

  private @Nullable ContextId context(JobSummary job) {
    String context = job.spec().context();
    ClusterIdentity cluster =
        new ClusterIdentity(Objects.requireNonNullElse(job.spec().clusterId(), ""), "");
    return context == null ? null : desk.clusters().id(cluster, context);
  }

  @Override
  public void refresh() {
    desk.jobs().load();
  }

  @Override
  public void hidden() {
    watching.unsubscribe();
    if (pane != null) {
      pane.close();
    }
  }
}
