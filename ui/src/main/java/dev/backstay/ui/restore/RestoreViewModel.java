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
import dev.backstay.workflow.restore.ChosenParts;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestoreRequest;
import dev.backstay.workflow.restore.SavedRestorePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final ObjectProperty<@Nullable ChosenParts> wish = new SimpleObjectProperty<>();
  private boolean latest;
  private @Nullable SavedRestorePlan saved;
  private Work work = Work.NONE;
  private Work counting = Work.NONE;

  /// Which call of [#plan] is the last: a cluster that connects late must not answer for another.
  private int turn;

  /// @param chosen what of the restore point, as `--only`; empty for everything
  public RestoreViewModel(Desk desk, RestorePoint point, List<String> chosen) {
    this.desk = desk;
    this.point = point;
    this.only = new ReadOnlyObjectWrapper<>(List.copyOf(chosen));
    // what was chosen while browsing need not be chosen again
    step.set(chosen.isEmpty() ? Step.WHAT : Step.WHERE);
    // never in place, unless the user says so
    elsewhere.set(true);
    namespace.set(point.namespace() + "-restored");
    origin().ifPresent(cluster::set);
    agreed.subscribe(() -> judge());
    elsewhere.subscribe((_, now) -> back(now));
    count();
  }

  /// The wish of a place: a new one, a job's once more, or a saved plan.
  public static RestoreViewModel of(Desk desk, Place.Restore place) {
    RestoreViewModel model = new RestoreViewModel(desk, place.point(), place.only());
    if (place.parts()) {
      model.choose(List.of());
    }
    JobSpec again = place.again();
    if (again != null) {
      model.repeat(RestoreRequest.repeating(again), again.context());
    }
    SavedRestorePlan plan = place.saved();
    if (plan != null) {
      model.repeat(plan.request(), plan.context());
      model.saved = plan;
      model.step.set(Step.PLAN);
    }
    return model;
  }

  /// Files that go back to where they were are written into the PVC that is there: that is what was
  /// asked for by it, though nothing is deleted, and the plan still wants to be agreed to.
  private void back(boolean other) {
    boolean files = only.get().stream().anyMatch(entry -> entry.startsWith("pvc/"));
    if (!other && files && volumes.get() == ExistingVolumes.KEEP) {
      volumes.set(ExistingVolumes.MERGE);
    }
  }

  /// The very same wish: a dead job of it is taken up.
  private void repeat(RestoreRequest again, @Nullable String context) {
    latest = "latest".equals(again.point());
    only.set(again.only());
    elsewhere.set(!again.namespace().isEmpty() && !again.namespace().equals(point.namespace()));
    if (elsewhere.get()) {
      namespace.set(again.namespace());
    }
    objects.set(again.existing());
    volumes.set(again.volumes());
    suspendCronJobs.set(again.suspendCronJobs());
    keepNodePorts.set(again.keepNodePorts());
    classMap.putAll(again.classMap());
    if (context != null) {
      desk.clusters().named(context).ifPresent(cluster::set);
    }
    count();
  }

  /// What is chosen amounts to, counted off the FX thread.
  private void count() {
    counting.drop();
    List<String> parts = only.get();
    if (parts.isEmpty()) {
      wish.set(nothing.get() ? ChosenParts.NOTHING : ChosenParts.all(point));
      return;
    }
    wish.set(null);
    RepositorySession session =
        desk.repositories().holding(point).map(OpenRepository::session).orElse(null);
    if (session != null) {
      counting =
          desk.background()
              .ask(
                  cancel -> ChosenParts.of(session, point, parts, cancel),
                  wish::set,
                  _ -> {}); // what is wrong with the choice stands in the plan
    }
  }

  /// What is chosen amounts to; null while that is not known.
  public ReadOnlyObjectProperty<@Nullable ChosenParts> wishProperty() {
    return wish;
  }

  /// The context that the restore point came from, if it is in a kubeconfig.
  public Optional<OpenCluster> origin() {
    return desk.clusters().of(point.cluster(), point.context());
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
    SavedRestorePlan same = saved;
    work =
        desk.background()
            .ask(
                cancel ->
                    same == null
                        ? desk.engine().plan(request, opened.session(), repository, cancel)
                        : desk.engine().plan(same, opened.session(), repository, cancel),
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

  /// Ready is what does something, is not blocked, and agreed to where it destroys something.
  private void judge() {
    RestorePlan now = plan.get();
    boolean possible = now != null && !now.blocked() && !RestoreTotals.nothing(now);
    ready.set(possible && (!now.destroys() || agreed.get()));
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
    } else {
      saved = null; // whoever goes back changes it
    }
  }

  public void chooseEverything() {
    nothing.set(false);
    only.set(List.of());
    count();
  }

  /// What of the restore point; none of it chosen means that nothing can be restored. What is left
  /// out chooses nothing by itself.
  public void choose(List<String> chosen) {
    nothing.set(chosen.stream().allMatch(entry -> entry.startsWith("!")));
    only.set(List.copyOf(chosen));
    count();
  }

  /// Whether only parts are wanted, and none is chosen.
  public ReadOnlyBooleanProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /// The class that a class's PVCs are restored into: itself, unless another one was chosen.
  public String classFor(String from) {
    return classMap.getOrDefault(from, from);
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
    counting.drop();
  }
}
