package dev.backstay.workflow.browse;

/// A stored manifest beside the live object, both as YAML without noise.
///
/// @param state how they compare
/// @param stored the manifest
/// @param live the object, empty unless it is there
public record LiveText(State state, String stored, String live) {

  /// How a manifest and the cluster compare.
  public enum State {
    SAME,
    DIFFERENT,
    /// The cluster has no such object.
    ABSENT
  }
}
