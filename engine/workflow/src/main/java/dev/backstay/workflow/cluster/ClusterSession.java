package dev.backstay.workflow.cluster;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.inventory.Inventory;
import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.lock.ContextId;
import dev.backstay.workflow.lock.ContextLocks;
import dev.backstay.workflow.lock.JobGrant;
import dev.backstay.workflow.lock.JobNeeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One opened context. Every question may throw an [dev.backstay.model.EngineException]; none is
/// asked before it is needed. Safe for use by many threads.
public final class ClusterSession implements AutoCloseable {

  private static final Duration TYPES_AGE = Duration.ofMinutes(1);

  private final ClusterConnection connection;
  private final @Nullable Path kubeconfig;
  private final @Nullable JobGrant grant;
  private @Nullable ServedTypes types;
  private long typesAsked;

  ClusterSession(ClusterConnection connection, @Nullable Path kubeconfig) {
    this(connection, kubeconfig, null);
  }

  private ClusterSession(
      ClusterConnection connection, @Nullable Path kubeconfig, @Nullable JobGrant grant) {
    this.connection = connection;
    this.kubeconfig = kubeconfig;
    this.grant = grant;
  }

  /// The same session for one planned job, whose requests do no more than that job is granted.
  /// Closing either closes both.
  public ClusterSession forJob(ContextLocks locks, JobNeeds needs) {
    JobGrant own = locks.forJob(id(), needs);
    return new ClusterSession(connection.under(own), kubeconfig, own);
  }

  /// What its job is granted, if it is for one.
  public Optional<JobGrant> grant() {
    return Optional.ofNullable(grant);
  }

  /// What forbids its job because the context is locked.
  public List<ItemFailure> blockers() {
    return grant == null ? List.of() : grant.blockers();
  }

  /// The context's name.
  public String context() {
    return connection.contextName();
  }

  /// Which context of which kubeconfig, for its lock.
  public ContextId id() {
    return new ContextId(kubeconfig, context());
  }

  /// The proxy that the server is reached through, `host:port`; empty for none.
  public String proxy() {
    return connection.proxy();
  }

  /// The context's namespace, or `default`.
  public String defaultNamespace() {
    return connection.defaultNamespace();
  }

  /// Which cluster this is, whatever it is called here.
  public String clusterId() {
    return connection.clusterId();
  }

  /// The same, for comparing it with what others call it.
  public ClusterIdentity identity() {
    return connection.identity();
  }

  /// The API server's version, such as `v1.34.4`.
  public String serverVersion() {
    return connection.serverVersion().text();
  }

  public Listing<NamespaceInfo> namespaces(List<String> pinned) {
    return inventory().namespaces(pinned);
  }

  /// The PVCs of a namespace; of all namespaces if it is empty.
  public Listing<PvcInfo> pvcs(String namespace) {
    return inventory().pvcs(namespace);
  }

  public Listing<StorageClassInfo> storageClasses() {
    return inventory().storageClasses();
  }

  /// The VolumeSnapshots of a namespace; of all namespaces if it is empty.
  public Listing<VolumeSnapshotInfo> volumeSnapshots(String namespace) {
    return inventory().volumeSnapshots(namespace);
  }

  /// For the other rooms of `workflow`; the window and the command line have no use for it.
  public ClusterConnection connection() {
    return connection;
  }

  /// What the server serves. A job asks once, so that it sees one state; others ask again after a
  /// minute, since definitions come and go while a window is open.
  public synchronized ServedTypes types() {
    if (types == null || (grant == null && System.nanoTime() - typesAsked > TYPES_AGE.toNanos())) {
      types = ServedTypes.discover(connection);
      typesAsked = System.nanoTime();
    }
    return types;
  }

  private Inventory inventory() {
    return new Inventory(connection, types());
  }

  @Override
  public void close() {
    connection.close();
  }
}
