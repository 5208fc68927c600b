package dev.backstay.catalog;

import dev.backstay.model.ItemFailure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the catalog remembers of one restore point. All of it can be read again from the
/// repository.
///
/// @param id the snapshot's id: 64 hexadecimal digits
/// @param repositoryId the repository's id, as its config file has it
/// @param time when it was taken
/// @param context the kubeconfig context it was taken through, null if the snapshot does not say
/// @param clusterId the cluster's id, null for a folder's snapshot
/// @param namespace null for a folder's snapshot
/// @param volumes one row per PVC, by name
/// @param objects how many manifests it holds
/// @param partial some items failed and are missing
/// @param bytes plain bytes of all files
/// @param addedBytes bytes this restore point added to the repository, -1 if unknown
/// @param parent the restore point it was compared with, null if none
/// @param jobId the job that made it, null if unknown
/// @param programVersion the program and version that wrote it
/// @param warnings what the job warned of; at most [Catalog#ITEMS_KEPT] are stored
public record RestorePointRow(
    String id,
    String repositoryId,
    Instant time,
    @Nullable String context,
    @Nullable String clusterId,
    @Nullable String namespace,
    List<VolumeRow> volumes,
    long objects,
    boolean partial,
    long bytes,
    long addedBytes,
    @Nullable String parent,
    @Nullable String jobId,
    String programVersion,
    List<ItemFailure> warnings) {

  public RestorePointRow {
    volumes = List.copyOf(volumes);
    warnings = List.copyOf(warnings);
  }
}
