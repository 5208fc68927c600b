/// Waiting for workloads: until they run, and until they have let go of their volumes.
///
/// Allowed neighbours: model, connection, discovery, manifest, `apply.clean`, `apply.plan`.
@NullMarked
package dev.backstay.cluster.apply.ready;

import org.jspecify.annotations.NullMarked;
