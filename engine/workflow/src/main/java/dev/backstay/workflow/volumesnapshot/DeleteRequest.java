package dev.backstay.workflow.volumesnapshot;

import java.util.List;

/// A wish to delete VolumeSnapshots.
///
/// @param namespace where
/// @param names which; `volumegroupsnapshot/NAME` for a group with all its members
/// @param patience how long to wait
public record DeleteRequest(String namespace, List<String> names, Patience patience) {

  /// What the name of a group begins with.
  public static final String GROUP = "volumegroupsnapshot/";

  public DeleteRequest {
    names = names.stream().distinct().toList();
  }
}
