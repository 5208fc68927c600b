package dev.backstay.ui.jobs;

import dev.backstay.model.EngineException;
import dev.backstay.model.Outcome;
import dev.backstay.ui.fx.Background;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSummary;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// All jobs as the window knows them. Whoever shows progress pulls it from the handles. For the FX
/// thread.
public final class Jobs {

  /// A job that ended while the window was open.
  public record Ended(JobHandle job, Outcome outcome) {}

  private final Engine engine;
  private final Background background;
  private final ObservableList<JobSummary> all = FXCollections.observableArrayList();
  private final ObservableList<JobHandle> running = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Ended> last = new ReadOnlyObjectWrapper<>();

  public Jobs(Engine engine, Background background) {
    this.engine = engine;
    this.background = background;
  }

  /// Reads the list again; also ends what dead processes left unended in it.
  public void load() {
    var _ = background.ask(_ -> engine.jobs(), this::show, _ -> {});
  }

  /// At the start: tells dead jobs from living ones.
  public void tidy() {
    var _ =
        background.ask(
            _ -> {
              var _ = engine.tidy();
              return engine.jobs();
            },
            this::show,
            _ -> {});
  }

  private void show(List<JobSummary> jobs) {
    if (!jobs.equals(all)) {
      all.setAll(jobs);
    }
  }

  /// Newest first.
  public ObservableList<JobSummary> all() {
    return all;
  }

  /// Jobs of this process that have not ended.
  public ObservableList<JobHandle> running() {
    return running;
  }

  /// Those that use the sessions of a context.
  public List<JobHandle> running(String clusterId, String context) {
    return running.stream()
        .filter(job -> clusterId.equals(job.spec().clusterId()))
        .filter(job -> context.equals(job.spec().context()))
        .toList();
  }

  /// The job that ended last.
  public ReadOnlyObjectProperty<Ended> lastProperty() {
    return last.getReadOnlyProperty();
  }

  /// Starts the job of a plan.
  public void submit(Plan plan, Consumer<JobId> begun, Consumer<EngineException> refused) {
    var _ =
        background.ask(
            _ -> engine.submit(plan),
            job -> {
              running.add(job);
              load();
              watch(job);
              begun.accept(job.id());
            },
            refused);
  }

  private void watch(JobHandle job) {
    var _ =
        background.ask(
            _ -> job.await(),
            outcome -> {
              running.remove(job);
              last.set(new Ended(job, outcome));
              load();
            },
            _ -> running.remove(job));
  }
}
