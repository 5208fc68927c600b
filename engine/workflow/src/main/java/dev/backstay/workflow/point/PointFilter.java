package dev.backstay.workflow.point;

import dev.backstay.model.RestorePoint;
import org.jspecify.annotations.Nullable;

/// Which restore points are meant; null means any.
///
/// @param context the kubeconfig context they were made through
/// @param clusterId the cluster they are of
/// @param namespace the namespace they are of
public record PointFilter(
    @Nullable String context, @Nullable String clusterId, @Nullable String namespace) {

  public static final PointFilter ALL = new PointFilter(null, null, null);

  boolean accepts(RestorePoint point) {
    return matches(context, point.context())
        && matches(clusterId, point.clusterId())
        && matches(namespace, point.namespace());
  }

  private static boolean matches(@Nullable String wanted, String is) {
    return wanted == null || wanted.equals(is);
  }
}
