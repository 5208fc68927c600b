/// VolumeSnapshots and VolumeGroupSnapshots: when one is ready, which label selects a group.
///
/// Allowed neighbours: model, connection, discovery, inventory, temporary, `apply.ready`.
@NullMarked
package dev.backstay.cluster.volumesnapshot;

import org.jspecify.annotations.NullMarked;
