package dev.backstay.ui.backup;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// The wish to back up a namespace, and its plan, which is made anew whenever the wish changes. For
/// the FX thread.
public final class BackUpViewModel {

  private final Desk desk;
  private final OpenCluster cluster;
  private final String namespace;
  private final List<String> pvcs;
  private final BooleanProperty volumes = new SimpleBooleanProperty(true);
  private final BooleanProperty force = new SimpleBooleanProperty(false);
  private final ObjectProperty<@Nullable BackUpPlan> plan = new SimpleObjectProperty<>();
  private final ObjectProperty<Load> load = new SimpleObjectProperty<>(Load.READY);
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
  private Work work = Work.NONE;

  public BackUpViewModel(Desk desk, OpenCluster cluster, String namespace, List<String> pvcs) {
    this.desk = desk;
    this.cluster = cluster;
    this.namespace = namespace;
    this.pvcs = pvcs;
    volumes.subscribe(() -> plan());
    force.subscribe(() -> plan());
  }

  /// Makes the plan again.
  public void plan() {
    work.drop();
    ready.set(false);
    load.set(new Load.Loading(Texts.of("backup.planning")));
    desk.clusters().open(cluster, this::withCluster);
  }

  private void withCluster(OpenCluster.Opened opened) {
    OpenRepository repository = desk.repositories().chosen();
    if (repository == null) {
      failed(
          new ConflictException(
              "backup.no-repository",
              Texts.of("backup.no-repository"),
              Texts.of("backup.no-repository.do")));
      return;
    }
    desk.repositories().open(repository, null, result -> withRepository(opened, result));
  }

  private void withRepository(OpenCluster.Opened opened, Repositories.Result result) {
    switch (result) {
      case Repositories.Result.Opened(RepositorySession session) -> ask(opened, session);
      case Repositories.Result.Failed(EngineException error) -> failed(error);
      case Repositories.Result.NeedsPassword _ ->
          failed(
              new ConflictException(
                  "backup.repository-closed",
                  Texts.of("backup.repository-closed"),
                  Texts.of("backup.repository-closed.do")));
    }
  }

  private void ask(OpenCluster.Opened opened, RepositorySession repository) {
    BackUpRequest request =
        new BackUpRequest(namespace, "", Set.of(), Set.of(), pvcs, volumes.get(), force.get());
    work =
        desk.background()
            .ask(
                cancel -> desk.engine().plan(request, opened.session(), repository, cancel),
                this::planned,
                this::failed);
  }

  private void planned(BackUpPlan fresh) {
    plan.set(fresh);
    ready.set(!fresh.blocked());
    load.set(Load.READY);
  }

  private void failed(EngineException error) {
    ready.set(false);
    load.set(new Load.Failed(error));
  }

  /// Starts what the plan says and goes to the job.
  public void submit() {
    BackUpPlan now = plan.get();
    if (now == null || !ready.get()) {
      return;
    }
    ready.set(false);
    desk.jobs().submit(now, job -> desk.navigator().replace(new Place.Jobs(job)), this::failed);
  }

  public OpenCluster cluster() {
    return cluster;
  }

  public String namespace() {
    return namespace;
  }

  public List<String> pvcs() {
    return pvcs;
  }

  public BooleanProperty volumesProperty() {
    return volumes;
  }

  public BooleanProperty forceProperty() {
    return force;
  }

  public ReadOnlyObjectProperty<@Nullable BackUpPlan> planProperty() {
    return plan;
  }

  public ReadOnlyObjectProperty<Load> loadProperty() {
    return load;
  }

  /// Whether there is a plan that can be carried out.
  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  public void close() {
    work.drop();
  }
}
