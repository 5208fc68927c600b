/// A namespace: its PVCs, VolumeSnapshots and restore points in one tree on one time axis.
///
/// Allowed neighbours: fx, part, timeline.
@NullMarked
package dev.backstay.ui.namespace;

import org.jspecify.annotations.NullMarked;
