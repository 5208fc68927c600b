/// Applying a restore: planned manifests become objects, in order, failures as data.
///
/// Allowed neighbours: model, connection, discovery, manifest, `apply.plan`, `apply.order`.
@NullMarked
package dev.backstay.cluster.apply;

import org.jspecify.annotations.NullMarked;
