package dev.backstay.repository.repair;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.opened.StoreState;
import java.util.List;

/// What a repair of packs would do.
///
/// @param packs those that are damaged
/// @param sound how many of those looked at are not
/// @param unreadable packs that the store does not hand out whole: nothing is known of them, so
///   they stay as they are
/// @param state what it was made from
public record PackRepairPlan(
    List<DamagedPack> packs, int sound, List<ItemFailure> unreadable, StoreState state) {

  /// A pack that is to be replaced by what is intact in it.
  ///
  /// @param id 64 hex characters
  /// @param problems what is wrong with it, one rest of a sentence each
  /// @param missing whether the store does not have it
  /// @param blobs how many are saved
  /// @param bytes sealed bytes that are saved
  /// @param lost blobs that are in no intact place any more: `data 5feceb66…`
  /// @param elsewhere blobs that are lost here and intact in another pack
  public record DamagedPack(
      String id,
      List<String> problems,
      boolean missing,
      int blobs,
      long bytes,
      List<String> lost,
      int elsewhere) {}

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return packs.isEmpty();
  }
}
