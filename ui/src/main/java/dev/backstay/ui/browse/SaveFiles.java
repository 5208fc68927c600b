package dev.backstay.ui.browse;

import dev.backstay.model.RestorePoint;
import java.util.List;

/// Saves parts of a restore point to a folder of the laptop; asks where.
@FunctionalInterface
public interface SaveFiles {
  void save(RestorePoint point, List<String> paths);
}
