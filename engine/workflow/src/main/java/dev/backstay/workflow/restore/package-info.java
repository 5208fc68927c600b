/// Restoring a namespace: request, plan, job.
///
/// Allowed neighbours: model, repository, cluster, `workflow.cluster`, `workflow.job`,
/// `workflow.journal`, `workflow.point`, `workflow.repository`.
@NullMarked
package dev.backstay.workflow.restore;

import org.jspecify.annotations.NullMarked;
