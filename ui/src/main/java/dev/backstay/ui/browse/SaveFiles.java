package dev.backstay.ui.browse;

import dev.backstay.model.RestorePoint;

/// Saves what is looked at to the laptop; asks where.
public interface SaveFiles {

  /// Parts of a restore point, into a folder.
  void save(RestorePoint point, PathRules parts);

  /// What differs below a path, as JSON into a file.
  void saveComparison(RestorePoint before, RestorePoint after, String path);
}
