/// Contexts and clusters as the facade shows them.
///
/// Allowed neighbours: model, cluster, `workflow.lock`.
@NullMarked
package dev.backstay.workflow.cluster;

import org.jspecify.annotations.NullMarked;
