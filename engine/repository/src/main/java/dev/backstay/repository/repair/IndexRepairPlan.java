package dev.backstay.repository.repair;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.opened.StoreState;
import java.util.List;

/// What a repair of the index would do.
///
/// @param damagedIndexes index files that cannot be read: they are replaced by what the headers of
///   the packs say
/// @param missingPacks packs that the index names and the store does not have: their entries go
/// @param newPacks packs that no index file names: they are added
/// @param changedPacks packs about which the index is wrong: replaced by what their headers say
/// @param repeatedPacks packs that the index names several times: once is enough
/// @param unreadable packs whose header cannot be read: they stay in the index, or out of it, as
///   they are
/// @param state what it was made from
public record IndexRepairPlan(
    List<String> damagedIndexes,
    List<String> missingPacks,
    List<String> newPacks,
    List<String> changedPacks,
    List<String> repeatedPacks,
    List<ItemFailure> unreadable,
    StoreState state) {

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return damagedIndexes.isEmpty()
        && missingPacks.isEmpty()
        && newPacks.isEmpty()
        && changedPacks.isEmpty()
        && repeatedPacks.isEmpty();
  }
}
