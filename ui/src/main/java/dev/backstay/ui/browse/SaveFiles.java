package dev.backstay.ui.browse;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;

/// Saves what is looked at to the laptop; asks where.
public interface SaveFiles {

  /// Parts of a restore point, into a folder.
  void save(RestorePoint point, PathRules parts);

  /// What differs below a path from one restore point to another, as JSON into a file.
  void saveComparison(RestorePoint before, RestorePoint after, String path);

  /// What became of the manifests below a path in the cluster, as JSON into a file.
  void saveComparison(RestorePoint before, OpenCluster.Opened cluster, String path);
}
