/// What there is, for display and for plans: namespaces, PVCs, classes, VolumeSnapshots.
///
/// Allowed neighbours: model, connection, discovery.
@NullMarked
package dev.backstay.cluster.inventory;

import org.jspecify.annotations.NullMarked;
