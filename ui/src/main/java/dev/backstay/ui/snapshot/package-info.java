/// VolumeSnapshots: take, restore into a new PVC, delete.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.snapshot;

import org.jspecify.annotations.NullMarked;
