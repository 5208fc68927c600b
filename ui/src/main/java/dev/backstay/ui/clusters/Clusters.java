package dev.backstay.ui.clusters;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.PvcInfo;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextListing;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.lock.ContextId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// All contexts, and the sessions of those that the user opened. Nothing is contacted and no
/// program is run before one is opened. For the FX thread.
public final class Clusters {

  private static final int RECENT = 8;

  private final Engine engine;
  private final Background background;
  private final Remembered remembered;
  private final Jobs jobs;
  private final ContextRequest base;
  private final ObservableList<OpenCluster> all = FXCollections.observableArrayList();
  private final ObservableList<ItemFailure> problems = FXCollections.observableArrayList();
  private final ObservableList<String> recent = FXCollections.observableArrayList();
  private String stamp = "";

  /// @param base the kubeconfig, impersonation and trust that every session gets
  /// @param jobs what uses sessions
  public Clusters(
      Engine engine, Background background, Remembered remembered, Jobs jobs, ContextRequest base) {
    this.engine = engine;
    this.jobs = jobs;
    this.background = background;
    this.remembered = remembered;
    this.base = base;
    recent.setAll(remembered.list("contexts.recent"));
  }

  private record Found(ContextKey key, dev.backstay.model.ContextInfo info) {}

  /// @param moved contexts whose session serves another server than the kubeconfig names by now
  /// @param stamp of the files as they were read
  private record Contexts(
      List<Found> found, List<ItemFailure> problems, Set<ContextKey> moved, String stamp) {}

  /// Reads the kubeconfigs again. Open sessions stay open and go on with the credentials that are
  /// in them now.
  public void reload(Runnable then) {
    List<String> extra = remembered.list("kubeconfigs");
    Map<ContextKey, ClusterSession> open = new HashMap<>();
    all.stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
        .forEach(c -> open.put(c.key(), c.opened().session()));
    var _ =
        background.ask(
            _ -> read(extra, open),
            contexts -> {
              show(contexts);
              then.run();
            },
            error -> {
              problems.setAll(ItemFailure.of("kubeconfig", error));
              then.run();
            });
  }

  /// As [#reload], if a file changed since it was read last. For a timer.
  public void follow() {
    List<String> extra = remembered.list("kubeconfigs");
    var _ =
        background.ask(
            _ -> stamp(extra),
            now -> {
              if (!now.equals(stamp)) {
                reload(() -> {});
              }
            },
            _ -> {});
  }

  private String stamp(List<String> extra) {
    return Stream.concat(
            Stream.of(engine.clusters().stamp(base.kubeconfig())),
            extra.stream().map(file -> engine.clusters().stamp(Path.of(file))))
        .collect(Collectors.joining());
  }

  private Contexts read(List<String> extra, Map<ContextKey, ClusterSession> open) {
    String before = stamp(extra);
    Contexts contexts = read(extra);
    Set<ContextKey> moved = new HashSet<>();
    open.forEach((key, session) -> {
      try {
        if (!engine.clusters().renew(session, request(key))) {
          moved.add(key);
        }
      } catch (EngineException e) {
        contexts.problems().add(ItemFailure.of(key.label(), e));
      }
    });
    return new Contexts(contexts.found(), contexts.problems(), moved, before);
  }

  private Contexts read(List<String> extra) {
    List<Found> found = new ArrayList<>();
    List<ItemFailure> bad = new ArrayList<>();
    read(base.kubeconfig(), null, found, bad);
    extra.forEach(file -> read(Path.of(file), Path.of(file), found, bad));
    return new Contexts(found, bad, Set.of(), "");
  }

  private void read(
      @Nullable Path file, @Nullable Path key, List<Found> found, List<ItemFailure> bad) {
    try {
      ContextListing listing = engine.clusters().contexts(file);
      listing.contexts().forEach(c -> found.add(new Found(new ContextKey(key, c.name()), c)));
      bad.addAll(listing.problems());
    } catch (EngineException e) {
      bad.add(ItemFailure.of(String.valueOf(file), e));
    }
  }

  private void show(Contexts contexts) {
    List<OpenCluster> fresh = new ArrayList<>();
    for (Found found : contexts.found()) {
      fresh.add(find(found.key()).orElseGet(() -> new OpenCluster(found.key(), found.info())));
      fresh.getLast().info(found.info());
    }
    // who is being written, or was taken out, stays while it is used
    all.stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN && !fresh.contains(c))
        .forEach(fresh::add);
    stamp = contexts.stamp();
    problems.setAll(contexts.problems());
    // an editor that is writing the file makes it unreadable for a moment
    boolean unreadable = fresh.isEmpty() && !contexts.problems().isEmpty();
    if (!unreadable && !fresh.equals(all)) {
      all.setAll(fresh);
    }
    fresh.stream().filter(c -> contexts.moved().contains(c.key())).forEach(this::reopen);
  }

  private void reopen(OpenCluster cluster) {
    close(cluster);
    open(cluster);
  }

  public ObservableList<OpenCluster> all() {
    return all;
  }

  /// What could not be read of the kubeconfigs.
  public ObservableList<ItemFailure> problems() {
    return problems;
  }

  public Optional<OpenCluster> find(ContextKey key) {
    return all.stream().filter(c -> c.key().equals(key)).findFirst();
  }

  /// The context of that name, preferably of the usual kubeconfigs.
  public Optional<OpenCluster> named(String context) {
    return all.stream().filter(c -> c.key().name().equals(context)).findFirst();
  }

  /// The context of a cluster that is open, whatever it is called; else the one of that name.
  ///
  /// @param point which cluster, as a restore point names it
  public Optional<OpenCluster> of(ClusterIdentity point, String context) {
    return all.stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
        .filter(c -> c.opened().identity().sameAs(point))
        .min(Comparator.comparing(c -> !c.key().name().equals(context)))
        .or(() -> named(context));
  }

  /// Keys of contexts that were opened lately, newest first.
  public ObservableList<String> recent() {
    return recent;
  }

  /// Connects; does nothing if it is open or on its way.
  public void open(OpenCluster cluster) {
    open(cluster, _ -> {});
  }

  /// Connects, then calls back if it is open.
  public void open(OpenCluster cluster, Consumer<OpenCluster.Opened> then) {
    open(cluster, then, _ -> {});
  }

  /// Connects, then calls back: with the session, or with why there is none.
  public void open(
      OpenCluster cluster, Consumer<OpenCluster.Opened> then, Consumer<EngineException> otherwise) {
    switch (cluster.standing()) {
      case OPEN -> then.accept(cluster.opened());
      case CONNECTING -> later(cluster, then, otherwise);
      case CLOSED, FAILED -> {
        cluster.connecting();
        connect(cluster);
        later(cluster, then, otherwise);
      }
    }
  }

  /// Once, when it is open or has failed.
  private static void later(
      OpenCluster cluster, Consumer<OpenCluster.Opened> then, Consumer<EngineException> otherwise) {
    cluster
        .standingProperty()
        .addListener(
            new ChangeListener<>() {
              @Override
              public void changed(
                  ObservableValue<? extends OpenCluster.Standing> property,
                  OpenCluster.Standing before,
                  OpenCluster.Standing now) {
                property.removeListener(this);
                EngineException error = cluster.error();
                if (now == OpenCluster.Standing.OPEN) {
                  then.accept(cluster.opened());
                } else if (error != null) {
                  otherwise.accept(error);
                }
              }
            });
  }

  private void connect(OpenCluster cluster) {
    var _ =
        background.ask(
            _ -> connected(cluster.key()),
            opened -> {
              cluster.open(opened);
              remember(cluster.key());
              listNamespaces(cluster);
              listPvcs(cluster);
            },
            cluster::failed);
  }

  private OpenCluster.Opened connected(ContextKey key) {
    ClusterSession session = engine.clusters().open(request(key));
    try {
      return new OpenCluster.Opened(session, session.identity(), session.serverVersion());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private ContextRequest request(ContextKey key) {
    Path file = key.kubeconfig() == null ? base.kubeconfig() : key.kubeconfig();
    return new ContextRequest(
        file, key.name(), base.asUser(), base.asGroups(), new AskedOnce(base.trust()));
  }

  /// Asks for the namespaces again.
  public void listNamespaces(OpenCluster cluster) {
    OpenCluster.Opened opened = cluster.opened();
    List<String> pinned = remembered.list(pinnedKey(cluster.key()));
    var _ =
        background.ask(
            _ -> opened.session().namespaces(known(opened.identity(), pinned)),
            (Listing<NamespaceInfo> listing) -> {
              cluster.namespaces().setAll(listing.items());
              cluster.warnings().setAll(listing.warnings());
            },
            error -> cluster.warnings().setAll(ItemFailure.of("namespaces", error)));
  }

  /// Asks for the PVCs of every namespace again. Who may not list them all keeps what is known.
  public void listPvcs(OpenCluster cluster) {
    OpenCluster.Opened opened = cluster.opened();
    var _ =
        background.ask(
            _ -> opened.session().pvcs(""),
            (Listing<PvcInfo> listing) -> {
              if (!listing.items().equals(cluster.pvcs())
                  && cluster.standing() == OpenCluster.Standing.OPEN) {
                cluster.pvcs().setAll(listing.items());
              }
            },
            _ -> {});
  }

  /// Who may not list namespaces still has those that they named and those of restore points.
  private List<String> known(ClusterIdentity cluster, List<String> pinned) {
    SequencedSet<String> names = new LinkedHashSet<>(pinned);
    engine.knownRestorePoints().stream()
        .filter(point -> point.cluster().sameAs(cluster))
        .forEach(point -> names.add(point.namespace()));
    return List.copyOf(names);
  }

  /// Remembers a namespace that the user typed, and shows it.
  public void pin(OpenCluster cluster, String namespace) {
    String key = pinnedKey(cluster.key());
    remembered.put(
        key,
        Stream.concat(remembered.list(key).stream(), Stream.of(namespace)).distinct().toList());
    listNamespaces(cluster);
  }

  private static String pinnedKey(ContextKey key) {
    return "namespaces." + key.text();
  }

  private void remember(ContextKey key) {
    List<String> now =
        Stream.concat(Stream.of(key.text()), recent.stream()).distinct().limit(RECENT).toList();
    recent.setAll(now);
    remembered.put("contexts.recent", now);
  }

  /// The jobs of this process that go on in an open context.
  public List<JobHandle> jobs(OpenCluster cluster) {
    return cluster.standing() == OpenCluster.Standing.OPEN
        ? jobs.running(cluster.opened().identity().id(), cluster.key().name())
        : List.of();
  }

  /// Closes a session, once the jobs that use it have ended.
  public void close(OpenCluster cluster) {
    if (cluster.standing() == OpenCluster.Standing.OPEN) {
      ClusterSession session = cluster.opened().session();
      List<JobHandle> using = jobs(cluster);
      cluster.closed();
      Thread.startVirtualThread(() -> {
        using.forEach(JobHandle::await);
        session.close();
      });
    }
  }

  /// Which context it is, for its lock.
  public ContextId id(OpenCluster cluster) {
    Path file = cluster.key().kubeconfig();
    return new ContextId(file == null ? base.kubeconfig() : file, cluster.key().name());
  }

  /// Which context is meant where only these are known.
  public ContextId id(ClusterIdentity identity, String context) {
    return of(identity, context).map(this::id).orElseGet(() -> ContextId.of(context));
  }

  /// Those that are open. Whoever closes them does so after the engine, whose jobs use them.
  public List<ClusterSession> sessions() {
    return all.stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
        .map(c -> c.opened().session())
        .toList();
  }
}
