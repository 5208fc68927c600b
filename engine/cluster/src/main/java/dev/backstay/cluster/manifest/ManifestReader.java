package dev.backstay.cluster.manifest;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.CancelToken;

/// Reads every object of a namespace and what it needs of the cluster: kinds in parallel, pages of
/// 500, memory bounded by a page per kind that is being read.
public final class ManifestReader {

  private final ClusterConnection connection;
  private final ServedTypes types;

  public ManifestReader(ClusterConnection connection, ServedTypes types) {
    this.connection = connection;
    this.types = types;
  }

  /// Reads and hands over. The order of manifests is not defined.
  ///
  /// @throws dev.backstay.model.EngineException if the server is lost or the sink throws; a kind
  ///   that may not be read is a failure in the answer instead
  public ManifestReading read(
      String namespace, ManifestSelection selection, ManifestSink sink, CancelToken cancel) {
    return dev.backstay.cluster.Pending.body(connection, types, namespace, selection, sink, cancel);
  }

  /// How many objects of each kind there are and which may not be read, without reading them: one
  /// object per kind and the server's count of the rest. For plans.
  public ManifestReading count(String namespace, ManifestSelection selection, CancelToken cancel) {
    return dev.backstay.cluster.Pending.body(namespace, selection, cancel);
  }
}
