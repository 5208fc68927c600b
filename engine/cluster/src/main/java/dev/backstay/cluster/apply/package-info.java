/// Applying a restore: planned manifests become objects, in order, failures as data.
///
/// Allowed neighbours: model, connection, discovery, manifest and the sub-packages.
@NullMarked
package dev.backstay.cluster.apply;

import org.jspecify.annotations.NullMarked;
