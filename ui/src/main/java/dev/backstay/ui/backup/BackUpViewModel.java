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
import dev.backstay.workflow.backup.PlannedRead;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private final BackUpRequest begin;
  private final BooleanProperty volumes;
  private final BooleanProperty force;
  private final Set<String> exceptKinds;
  private final Set<String> exceptPvcs = new TreeSet<>();
  private final Map<String, PlannedRead> knownPvcs = new LinkedHashMap<>();
  private final SortedMap<String, Long> knownKinds = new TreeMap<>();
  private final ObjectProperty<@Nullable BackUpPlan> plan = new SimpleObjectProperty<>();
  private final ObjectProperty<Load> load = new SimpleObjectProperty<>(Load.READY);
  private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper planning = new ReadOnlyBooleanWrapper();
  private String selector;
  private Work work = Work.NONE;

  /// Which call of [#plan] is the last: what was asked before must not be answered after it.
  private int turn;

  /// @param begin what is asked for before the user changes it
  public BackUpViewModel(Desk desk, OpenCluster cluster, BackUpRequest begin) {
    this.desk = desk;
    this.cluster = cluster;
    this.begin = begin;
    this.volumes = new SimpleBooleanProperty(begin.volumes());
    this.force = new SimpleBooleanProperty(begin.force());
    this.exceptKinds = new TreeSet<>(begin.exceptKinds());
    this.selector = begin.labelSelector();
    begin.exceptKinds().forEach(kind -> knownKinds.put(kind, 0L));
    volumes.subscribe((_, _) -> plan());
    force.subscribe((_, _) -> plan());
  }

  /// The wish as the engine takes it.
  public BackUpRequest request() {
    List<String> pvcs = begin.onlyPvcs();
    if (!exceptPvcs.isEmpty()) {
      pvcs = knownPvcs.keySet().stream().filter(pvc -> !exceptPvcs.contains(pvc)).toList();
    }
    boolean none = !exceptPvcs.isEmpty() && pvcs.isEmpty();
    return new BackUpRequest(
        begin.namespace(),
        selector,
        begin.onlyKinds(),
        exceptKinds,
        pvcs,
        begin.fromSnapshots(),
        volumes.get() && !none,
        force.get());
  }

  /// Makes the plan again.
  public void plan() {
    work.drop();
    ready.set(false);
    planning.set(true);
    // the plan that is there stays in view until the next one replaces it
    if (plan.get() == null || !load.get().equals(Load.READY)) {
      load.set(new Load.Loading(Texts.of("backup.planning")));
    }
    int mine = ++turn;
    desk.clusters()
        .open(
            cluster,
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
    OpenRepository repository = desk.repositories().chosen();
    if (repository == null) {
      failed(
          new ConflictException(
              "backup.no-repository",
              Texts.of("backup.no-repository"),
              Texts.of("backup.no-repository.do")));
      return;
    }
    desk.repositories()
        .open(
            repository,
            null,
            result -> {
              if (mine == turn) {
                withRepository(opened, result);
              }
            });
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
    BackUpRequest request = request();
    work =
        desk.background()
            .ask(
                cancel -> desk.engine().plan(request, opened.session(), repository, cancel),
                this::planned,
                this::failed);
  }

  private void planned(BackUpPlan fresh) {
    fresh.volumes().forEach(volume -> knownPvcs.put(volume.pvc(), volume));
    if (volumes.get()) {
      Set<String> there = new TreeSet<>(fresh.volumes().stream().map(PlannedRead::pvc).toList());
      knownPvcs.keySet().removeIf(pvc -> !there.contains(pvc) && !exceptPvcs.contains(pvc));
    }
    knownKinds.keySet().retainAll(exceptKinds);
    knownKinds.putAll(fresh.objects());
    planning.set(false);
    plan.set(fresh);
    ready.set(!fresh.blocked());
    load.set(Load.READY);
  }

  private void failed(EngineException error) {
    planning.set(false);
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
    return begin.namespace();
  }

  /// What was asked for to begin with.
  public BackUpRequest begin() {
    return begin;
  }

  /// Every PVC that was in a plan, left out since or not, as it was planned last.
  public Collection<PlannedRead> pvcs() {
    return Collections.unmodifiableCollection(new ArrayList<>(knownPvcs.values()));
  }

  /// Every kind of the namespace with its objects, left out since or not.
  public SortedMap<String, Long> kinds() {
    return Collections.unmodifiableSortedMap(knownKinds);
  }

  public boolean isChosen(PlannedRead volume) {
    return !exceptPvcs.contains(volume.pvc());
  }

  /// Leaves the data of a PVC out, or takes it in again.
  public void choosePvc(String pvc, boolean chosen) {
    if (chosen ? exceptPvcs.remove(pvc) : exceptPvcs.add(pvc)) {
      plan();
    }
  }

  public boolean isChosen(String kind) {
    return !exceptKinds.contains(kind);
  }

  /// Leaves a kind out, or takes it in again.
  public void chooseKind(String kind, boolean chosen) {
    if (chosen ? exceptKinds.remove(kind) : exceptKinds.add(kind)) {
      plan();
    }
  }

  public String selector() {
    return selector;
  }

  /// Only objects whose labels match; empty for all.
  public void select(String labels) {
    if (!labels.strip().equals(selector)) {
      selector = labels.strip();
      plan();
    }
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

  /// Whether the next plan is on its way.
  public ReadOnlyBooleanProperty planningProperty() {
    return planning.getReadOnlyProperty();
  }

  /// Whether there is a plan that can be carried out.
  public ReadOnlyBooleanProperty readyProperty() {
    return ready.getReadOnlyProperty();
  }

  public void close() {
    turn++;
    work.drop();
  }
}
