package dev.backstay.cluster.apply.ready;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What has to stop so that PVCs can be written.
///
/// @param pauses what can be stopped and started again
/// @param blockers what uses them and cannot be stopped from here
/// @param warnings what may start it again meanwhile
public record Pauses(List<Pause> pauses, List<ItemFailure> blockers, List<ItemFailure> warnings) {

  public static final Pauses NONE = new Pauses(List.of(), List.of(), List.of());

  public Pauses {
    pauses = List.copyOf(pauses);
    blockers = List.copyOf(blockers);
    warnings = List.copyOf(warnings);
  }
}
