package dev.backstay.cluster.volume;

/// How the files of a PVC are reached, best first.
public enum VolumeMethod {
  /// VolumeSnapshot, a temporary PVC made from it, a mover pod that mounts that.
  VOLUME_SNAPSHOT,
  /// A mover pod that mounts the PVC itself, read-only, on the node where it is in use.
  BESIDE_POD,
  /// The container of the application that mounts the PVC.
  IN_CONTAINER,
  /// Not at all: the plan says why.
  NONE
}
