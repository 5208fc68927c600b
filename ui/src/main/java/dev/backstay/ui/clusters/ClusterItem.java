package dev.backstay.ui.clusters;

/// A line of the sidebar's tree.
public sealed interface ClusterItem {

  /// A heading: a file of contexts, or the recent ones.
  record Group(String name) implements ClusterItem {}

  /// A context.
  ///
  /// @param section the group it stands in: a recent one stands in its file too
  record Context(OpenCluster cluster, String section) implements ClusterItem {}

  /// Every PVC and VolumeSnapshot of an open context.
  record Volumes(OpenCluster cluster) implements ClusterItem {}

  /// The storage classes of an open context.
  record Classes(OpenCluster cluster) implements ClusterItem {}

  record Namespace(OpenCluster cluster, String name) implements ClusterItem {}

  /// What stands under a context while it has no namespaces to show.
  record Message(OpenCluster cluster, String text, boolean bad) implements ClusterItem {}
}
