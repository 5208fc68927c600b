package dev.backstay.model;

/// Which VolumeSnapshotClass (or VolumeGroupSnapshotClass) would serve, and why.
///
/// @param name the class, or empty if none was chosen
/// @param reason one sentence: `default class of driver snap.test.csi`, `several classes and none
///   is the default: a, b`
public record SnapshotClassChoice(String name, String reason) {

  public boolean chosen() {
    return !name.isEmpty();
  }
}
