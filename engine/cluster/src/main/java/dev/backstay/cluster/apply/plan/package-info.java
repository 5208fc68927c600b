/// What restoring manifests would do to a live cluster, object by object.
///
/// Allowed neighbours: model, connection, access, discovery, manifest, `apply.clean`,
/// `apply.order`.
@NullMarked
package dev.backstay.cluster.apply.plan;

import org.jspecify.annotations.NullMarked;
