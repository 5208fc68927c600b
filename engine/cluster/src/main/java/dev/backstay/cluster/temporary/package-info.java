/// Objects that a job makes in a cluster and removes again.
///
/// Allowed neighbours: model, connection, discovery.
@NullMarked
package dev.backstay.cluster.temporary;

import org.jspecify.annotations.NullMarked;
