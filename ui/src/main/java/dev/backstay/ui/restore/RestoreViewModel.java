package dev.backstay.ui.restore;

import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestoreRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The wish to restore, page by page, and its plan. Whatever the user changes makes the plan void.
/// For the FX thread.
public final class RestoreViewModel {

  /// The wizard's pages. The plan is the one before the last; the last is the job.
  public enum Step {
    WHAT,
    WHERE,
    PLAN;

    Step before() {
      return this == PLAN ? WHERE : WHAT;
    }

    Step after() {
      return this == WHAT ? WHERE : PLAN;
    }
  }

  private final Desk desk;
  private final RestorePoint point;
  private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.WHAT);
  private final ReadOnlyObjectWrapper<List<String>> only;
  private final ObjectProperty<@Nullable OpenCluster> cluster = new SimpleObjectProperty<>();
  private final ReadOnlyBooleanWrapper nothing = new ReadOnlyBooleanWrapper();
  private final BooleanProperty elsewhere = new SimpleBooleanProperty();
  private final StringProperty namespace = new SimpleStringProperty();
  private final ObjectProperty<ExistingObjects> objects =
      new SimpleObjectProperty<>(ExistingObjects.SKIP);
  private final ObjectProperty<ExistingVolumes> volumes =
      new SimpleObjectProperty<>(ExistingVolumes.KEEP);
  private final BooleanProperty suspendCronJobs = new SimpleBooleanProperty();
  private final BooleanProperty keepNodePorts = new SimpleBooleanProperty();
  private final Map<String, String> classMap = new HashMap<>();
  private final ObjectProperty<@Nullable RestorePlan> plan = new SimpleObjectProperty<>();
  private final ObjectProperty<Load> load = new SimpleObjectProperty<>(Load.READY);
  private final BooleanProperty agreed = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
  private boolean latest;
  private Work work = Work.NONE;

  /// Which call of [#plan] is the last: a cluster that connects late must not answer for another.
  private int turn;

  /// @param chosen what of the restore point, as `--only`; empty for everything
  /// @param again the job whose wish is repeated, null for a new one
  public RestoreViewModel(
      Desk desk, RestorePoint point, List<String> chosen, @Nullable JobSpec again) {
    this.desk = desk;
    this.point = point;
    this.only = new ReadOnlyObjectWrapper<>(List.copyOf(chosen));
    // a whole namespace goes beside the old one, single things go where they came from
    elsewhere.set(chosen.isEmpty());
    namespace.set(point.namespace() + "-restored");
    origin().ifPresent(cluster::set);
    agreed.subscribe(() -> judge());
    if (again != null) {
      repeat(again);
    }
  }

  /// The very same wish: a dead job of it is taken up.
  private void repeat(JobSpec again) {
    Map<String, String> details = again.details();
    latest = "latest".equals(details.get("asked"));
    objects.set(ExistingObjects.valueOf(details.getOrDefault("existing", "SKIP")));
    volumes.set(ExistingVolumes.valueOf(details.getOrDefault("volumes", "KEEP")));
    suspendCronJobs.set(Boolean.parseBoolean(details.get("suspendCronJobs")));
    keepNodePorts.set(Boolean.parseBoolean(details.get("keepNodePorts")));
    String target = Objects.requireNonNullElse(again.namespace(), point.namespace());
    elsewhere.set(!target.equals(point.namespace()));
    if (elsewhere.get()) {
      namespace.set(target);
    }
    String context = again.context();
    if (context != null) {
      desk.clusters().named(context).ifPresent(cluster::set);
    }
    String classes = details.getOrDefault("classes", "{}");
    for (String entry : classes.substring(1, classes.length() - 1).split(", ")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        classMap.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
  }

  /// The context that the restore point came from, if it is in a kubeconfig.
  public Optional<OpenCluster> origin() {
    return desk.clusters().of(point.clusterId(), point.context());
  }

  /// Opens the target and makes the plan.
  public void plan() {
    work.drop();
    plan.set(null);
    agreed.set(false);
    judge();
    OpenCluster target = cluster.get();
    if (target == null) {
      load.set(
          new Load.Failed(
              new NotFoundException(
                  "restore.no-context",
                  Texts.of("restore.no-context", point.context()),
                  Texts.of("restore.no-context.do"))));
      return;
    }
    load.set(new Load.Loading(Texts.of("restore.planning")));
    int mine = ++turn;
    desk.clusters()
        .open(
            target,
            opened -> {
              if (mine == turn) {
                withCluster(opened, mine);
              }
            },
            error -> {
              if (mine == turn) {
                failed(error);
              }
            });
  }

  private void withCluster(OpenCluster.Opened opened, int mine) {
    Optional<OpenRepository> holder = desk.repositories().holding(point);
    if (holder.isEmpty()) {
      failed(
          new NotFoundException(
              "browse.no-repository",
              Texts.of("browse.no-repository"),
              Texts.of("browse.no-repository.do")));
      return;
    }
    desk.repositories()
        .open(
            holder.get(),
            null,
            result -> {
              if (mine != turn) {
                return;
              }
              switch (result) {
                case Repositories.Result.Opened(RepositorySession session) -> ask(opened, session);
                case Repositories.Result.Failed(EngineException error) -> failed(error);
                case Repositories.Result.NeedsPassword _ ->
                    failed(
                        new NotFoundException(
                            "browse.closed",
                            Texts.of("backup.repository-closed"),
                            Texts.of("backup.repository-closed.do")));
              }
            });
  }

  private void ask(OpenCluster.Opened opened, RepositorySession repository) {
    RestoreRequest request = request();
    work =
        desk.background()
            .ask(
                cancel -> desk.engine().plan(request, opened.session(), repository, cancel),
                this::planned,
                this::failed);
  }

  /// The wish as the engine takes it.
  public RestoreRequest request() {
    return new RestoreRequest(
        latest ? "latest" : point.id(),
        latest ? new PointFilter(null, point.clusterId(), point.namespace()) : PointFilter.ALL,
        elsewhere.get() ? namespace.get().strip() : point.namespace(),
        classMap,
        only.get(),
        objects.get(),
        volumes.get(),
        suspendCronJobs.get(),
        keepNodePorts.get(),
        false);
  }

  private void planned(RestorePlan fresh) {
    plan.set(fresh);
    load.set(Load.READY);
    judge();
  }

  private void failed(EngineException error) {
    plan.set(null);
    load.set(new Load.Failed(error));
    judge();
  }

  /// Ready is what is not blocked, and agreed to where it destroys something.
  private void judge() {
    RestorePlan now = plan.get();
    ready.set(now != null && !now.blocked() && (!now.destroys() || agreed.get()));
  }

  public void submit() {
    RestorePlan now = plan.get();
    if (now != null && ready.get()) {
      ready.set(false);
      desk.jobs().submit(now, job -> desk.navigator().replace(new Place.Jobs(job)), this::failed);
    }
  }

  public void go(Step to) {
    if (nothing.get()) {
      return;
    }
    step.set(to);
    if (to == Step.PLAN) {
      plan();
    }
  }

  public void chooseEverything() {
    nothing.set(false);
    only.set(List.of());
  }

  /// What of the restore point; none of it chosen means that nothing can be restored. What is left
  /// out chooses nothing by itself.
  public void choose(List<String> chosen) {
    nothing.set(chosen.stream().allMatch(entry -> entry.startsWith("!")));
    only.set(List.copyOf(chosen));
  }

  /// Whether only parts are wanted, and none is chosen.
  public ReadOnlyBooleanProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /// Restores a class's PVCs into another class; empty takes the entry out.
  public void mapClass(String from, String to) {
    if (to.isBlank() || to.equals(from)) {
      classMap.remove(from);
    } else {
      classMap.put(from, to);
    }
  }

  public RestorePoint point() {
    return point;
  }

  public ReadOnlyObjectProperty<Step> stepProperty() {
    return step.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<List<String>> onlyProperty() {
    return only.getReadOnlyProperty();
  }

  public ObjectProperty<@Nullable OpenCluster> clusterProperty() {
    return cluster;
  }

  /// Whether into a namespace of another name than the one of origin.
  public BooleanProperty elsewhereProperty() {
    return elsewhere;
  }

  public StringProperty namespaceProperty() {
    return namespace;
  }

  public ObjectProperty<ExistingObjects> objectsProperty() {
    return objects;
  }

  public ObjectProperty<ExistingVolumes> volumesProperty() {
    return volumes;
  }

  public BooleanProperty suspendCronJobsProperty() {
    return suspendCronJobs;
  }

  public BooleanProperty keepNodePortsProperty() {
    return keepNodePorts;
  }

  public ReadOnlyObjectProperty<@Nullable RestorePlan> planProperty() {
    return plan;
  }

  public ReadOnlyObjectProperty<Load> loadProperty() {
    return load;
  }

  /// The user saw what is destroyed and agrees.
  public BooleanProperty agreedProperty() {
    return agreed;
  }

  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  public Desk desk() {
    return desk;
  }

  public void close() {
    turn++;
    work.drop();
  }
}
