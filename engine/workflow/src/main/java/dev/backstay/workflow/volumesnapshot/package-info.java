/// VolumeSnapshots as jobs of their own: take, restore into a new PVC, delete. No data moves.
///
/// Allowed neighbours: model, cluster, `workflow.cleanup`, `workflow.cluster`, `workflow.job`,
/// `workflow.journal`.
@NullMarked
package dev.backstay.workflow.volumesnapshot;

import org.jspecify.annotations.NullMarked;
