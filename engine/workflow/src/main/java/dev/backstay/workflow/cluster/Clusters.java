package dev.backstay.workflow.cluster;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.ConnectionSettings;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.lock.ContextLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Reads kubeconfigs and opens contexts. Safe for use by many threads.
public final class Clusters {

  private final EngineSettings settings;
  private final ContextLocks locks;

  /// With locks of its own.
  public Clusters(EngineSettings settings) {
    this(settings, new ContextLocks(settings.marks(), settings.clock(), ContextLocks.LAPSE));
  }

  /// @param locks asked before every request to a cluster
  public Clusters(EngineSettings settings, ContextLocks locks) {
    this.settings = settings;
    this.locks = locks;
  }

  /// Every context, as the files tell; contacts nothing and runs nothing.
  public ContextListing contexts(@Nullable Path kubeconfig) {
    Kubeconfig loaded = load(kubeconfig);
    return new ContextListing(loaded.contexts(), loaded.problems());
  }

  /// A session on a context. Nothing is contacted before its first question.
  public ClusterSession open(ContextRequest request) {
    Kubeconfig kubeconfig = load(request.kubeconfig());
    Impersonation impersonation = Impersonation.of(request.asUser(), request.asGroups());
    ClusterConnection connection =
        ClusterConnection.open(
            kubeconfig, request.context(), impersonation, connectionSettings(request));
    return new ClusterSession(connection, request.kubeconfig());
  }

  /// Lets a session go on with what its kubeconfig says by now: a login elsewhere or a new token
  /// serves its jobs too. Contacts nothing.
  ///
  /// @param request the one that it was opened with
  /// @return false if the context leads to another server by now, so that it must be opened again
  /// @throws dev.backstay.model.EngineException if the context does not exist any more
  public boolean renew(ClusterSession session, ContextRequest request) {
    return session.connection().renew(load(request.kubeconfig()));
  }

  /// Something that differs as soon as one of the kubeconfigs was written, made or deleted.
  public String stamp(@Nullable Path kubeconfig) {
    StringBuilder stamp = new StringBuilder();
    for (Path file : files(kubeconfig).files()) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        stamp.append(now.lastModifiedTime()).append(now.size()).append(now.fileKey());
      } catch (IOException e) {
        stamp.append(e.getClass().getSimpleName());
      }
      stamp.append(' ').append(file).append('\n');
    }
    return stamp.toString();
  }

  private KubeconfigFiles files(@Nullable Path kubeconfig) {
    return KubeconfigFiles.of(
        kubeconfig, settings.environment(), Path.of(System.getProperty("user.home", ".")));
  }

  private Kubeconfig load(@Nullable Path kubeconfig) {
    return Kubeconfig.load(files(kubeconfig));
  }

  private ConnectionSettings connectionSettings(ContextRequest request) {
    return new ConnectionSettings(
        settings.environment(),
        settings.state(),
        settings.clock(),
        request.trust()::mayRun,
        false,
        locks.standing(request.kubeconfig()));
  }
}
