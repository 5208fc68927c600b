/// Removing what dead jobs left in a cluster.
///
/// Allowed neighbours: model, cluster, `workflow.cluster`, `workflow.job`, `workflow.journal`.
@NullMarked
package dev.backstay.workflow.cleanup;

import org.jspecify.annotations.NullMarked;
