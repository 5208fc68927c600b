package dev.backstay.workflow.point;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnsupportedException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// `/backstay.json`, the file in each restore point that says what it is and how it was made.
/// Readers ignore fields they do not know; a change that old readers would misunderstand gets a new
/// `apiVersion`.
///
/// @param apiVersion `backstay.dev/v1`
/// @param kind `RestorePoint`
/// @param job the job that made it
/// @param time when the volumes were cut
/// @param context the kubeconfig context, for people
/// @param clusterId which cluster
/// @param serverId the same cluster for those who know it only by its server; null in restore
///   points of older versions
/// @param serverVersion the API server's version, such as `v1.34.4`
/// @param namespace which namespace
/// @param manifests how many manifests are stored
/// @param volumes what was carried of each PVC, and how
/// @param failures what was asked for and is missing
/// @param warnings what else a restorer should know
public record Descriptor(
    String apiVersion,
    String kind,
    String job,
    Instant time,
    String context,
    String clusterId,
    @Nullable String serverId,
    String serverVersion,
    String namespace,
    long manifests,
    List<DescribedVolume> volumes,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {

  /// Where it stands in a restore point.
  public static final String PATH = "/backstay.json";

  public static final String API_VERSION = "backstay.dev/v1";

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// One PVC in the restore point.
  ///
  /// @param pvc its name
  /// @param storageClass its class, empty if it had none
  /// @param capacity bytes, as the PVC's status said
  /// @param method how it was read
  /// @param consistency what that means, in words
  /// @param losses what the method could not carry
  /// @param files files, folders and links
  /// @param bytes plain bytes of all files
  public record DescribedVolume(
      String pvc,
      String storageClass,
      long capacity,
      String method,
      String consistency,
      List<String> losses,
      long files,
      long bytes) {}

  /// Which cluster, however it is known.
  public ClusterIdentity cluster() {
    return new ClusterIdentity(clusterId, serverId == null ? "" : serverId);
  }

  /// Indented JSON with a newline at its end.
  public byte[] toJson() {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    byte[] ended = java.util.Arrays.copyOf(json, json.length + 1);
    ended[json.length] = '\n';
    return ended;
  }

  /// @throws DamagedException if it is no such file
  /// @throws UnsupportedException if a newer Backstay wrote it
  public static Descriptor parse(byte[] json) {
    Descriptor descriptor;
    try {
      descriptor = JSON.readValue(json, Descriptor.class);
    } catch (JacksonException e) {
      throw new DamagedException(
          "restore-point.descriptor",
          "the restore point's " + PATH + " cannot be read",
          "browse it with 'backstay repo ls' or restic; its files are not affected",
          e);
    }
    if (!API_VERSION.equals(descriptor.apiVersion())) {
      throw new UnsupportedException(
          "restore-point.newer",
          "the restore point is of version " + descriptor.apiVersion(),
          "use a newer Backstay");
    }
    return descriptor;
  }
}
