package dev.backstay.model;

import java.time.Instant;
import java.util.List;

/// What a user picks: a namespace at one time.
///
/// @param id the id of the restic snapshot that holds it, 64 hex characters
/// @param repository the id of the repository that holds the snapshot
/// @param time when its volumes were cut, or when it was begun if it has none
/// @param context the kubeconfig context it was made through; for people, not for identity
/// @param cluster which cluster it is of
/// @param namespace which namespace it is of
/// @param volumes the PVCs it holds data of
/// @param manifests how many manifests it holds
/// @param partial whether something that was asked for is missing from it
/// @param selective whether only a part of the namespace was asked for, as by a restore that keeps
///   what it replaces
/// @param job the job that made it
public record RestorePoint(
    String id,
    String repository,
    Instant time,
    String context,
    ClusterIdentity cluster,
    String namespace,
    List<Volume> volumes,
    long manifests,
    boolean partial,
    boolean selective,
    String job) {

  /// The data of one PVC in a restore point.
  ///
  /// @param pvc its name
  /// @param method how it was read, as the plan named it
  /// @param consistency what that means, in words
  /// @param files files, folders and links
  /// @param bytes plain bytes of all files
  public record Volume(String pvc, String method, String consistency, long files, long bytes) {}

  /// The cluster's id, as [ClusterIdentity] has it.
  public String clusterId() {
    return cluster.id();
  }

  /// Whether it is of that namespace of that cluster.
  public boolean isOf(ClusterIdentity where, String name) {
    return namespace.equals(name) && cluster.sameAs(where);
  }

  /// The first eight characters, as tables show it.
  public String shortId() {
    return id.substring(0, Math.min(8, id.length()));
  }
}
