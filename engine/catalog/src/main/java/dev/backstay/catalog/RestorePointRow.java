package dev.backstay.catalog;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the catalog remembers of one restore point. All of it can be read again from the
/// repository.
///
/// @param point what users see of it
/// @param addedBytes bytes this restore point added to the repository, -1 if unknown
/// @param parent the snapshot it was compared with, null if none
/// @param programVersion the program and version that wrote it
/// @param warnings what the job warned of; at most [Catalog#ITEMS_KEPT] are stored
public record RestorePointRow(
    RestorePoint point,
    long addedBytes,
    @Nullable String parent,
    String programVersion,
    List<ItemFailure> warnings) {

  public RestorePointRow {
    warnings = List.copyOf(warnings);
  }
}
