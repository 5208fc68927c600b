package dev.backstay.workflow.restore;

import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.point.PointFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A wish to restore a restore point into the cluster of a session.
///
/// @param point the beginning of its id, or `latest`
/// @param filter among which `latest` is the newest
/// @param namespace where to, empty for the namespace of origin
/// @param classMap StorageClass names, old to new
/// @param only what to restore, each `KIND`, `KIND/NAME`, `pvc/NAME` or `pvc/NAME:PATH` (`!` before
///   it: all but that path) as kubectl writes kinds (`configmap/app`, `cm/app`, `deployments.apps`,
///   `pvc/data-db-0`); empty for everything. A PVC named so brings its data
/// @param existing what to do with objects that are there
/// @param volumes what to do with PVCs that are there
/// @param suspendCronJobs restore CronJobs suspended
/// @param keepNodePorts keep every nodePort of Services
/// @param showSecrets whether differences may show values of Secrets
public record RestoreRequest(
    String point,
    PointFilter filter,
    String namespace,
    Map<String, String> classMap,
    List<String> only,
    ExistingObjects existing,
    ExistingVolumes volumes,
    boolean suspendCronJobs,
    boolean keepNodePorts,
    boolean showSecrets) {

  public RestoreRequest {
    classMap = Map.copyOf(classMap);
    only = List.copyOf(only);
  }

  /// The wish of a job that was a restore: asked again, a dead one is taken up.
  public static RestoreRequest repeating(JobSpec spec) {
    Map<String, String> details = spec.details();
    boolean latest = Past.LATEST.equals(details.get(Past.ASKED));
    String[] of = details.getOrDefault("of", "/").split("/", 2);
    return new RestoreRequest(
        latest ? Past.LATEST : details.getOrDefault(Past.POINT, ""),
        latest ? new PointFilter(null, of[0], of[1]) : PointFilter.ALL,
        Objects.requireNonNullElse(spec.namespace(), ""),
        classes(details.getOrDefault("classes", "{}")),
        CommaList.split(details.getOrDefault("only", "")),
        ExistingObjects.valueOf(details.getOrDefault("existing", "SKIP")),
        ExistingVolumes.valueOf(details.getOrDefault("volumes", "KEEP")),
        Boolean.parseBoolean(details.get("suspendCronJobs")),
        Boolean.parseBoolean(details.get("keepNodePorts")),
        false);
  }

  /// `{old=new, old2=new2}`
  private static Map<String, String> classes(String text) {
    Map<String, String> classes = new TreeMap<>();
    for (String entry : text.substring(1, text.length() - 1).split(", ")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        classes.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return classes;
  }

  /// Everything, to where it came from, skipping what exists.
  public static RestoreRequest of(String point, PointFilter filter) {
    return new RestoreRequest(
        point,
        filter,
        "",
        Map.of(),
        List.of(),
        ExistingObjects.SKIP,
        ExistingVolumes.KEEP,
        false,
        false,
        false);
  }
}
