package dev.backstay.model;

/// Which VolumeSnapshotClass (or VolumeGroupSnapshotClass) would serve, and why.
///
/// @param name the class, or empty if none was chosen
/// @param reason one sentence: `default class of driver snap.test.csi`, `several classes and none
///   is the default: a, b`
/// @param left whether the choice can be left to the cluster, which takes the driver's default: the
///   user may not read the classes
public record SnapshotClassChoice(String name, String reason, boolean left) {

  public SnapshotClassChoice(String name, String reason) {
    this(name, reason, false);
  }

  public boolean chosen() {
    return !name.isEmpty();
  }
}
