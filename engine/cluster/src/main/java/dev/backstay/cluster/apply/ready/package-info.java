/// Waiting for workloads: until they run, and until they have let go of their volumes.
///
/// Allowed neighbours: model, connection, discovery, manifest.
@NullMarked
package dev.backstay.cluster.apply.ready;

import org.jspecify.annotations.NullMarked;
