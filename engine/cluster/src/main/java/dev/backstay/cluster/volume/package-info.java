/// Volumes as files: which method reads a PVC, reading it, filling it.
///
/// Allowed neighbours: model, connection, access, mover, temporary, volumesnapshot.
@NullMarked
package dev.backstay.cluster.volume;

import org.jspecify.annotations.NullMarked;
