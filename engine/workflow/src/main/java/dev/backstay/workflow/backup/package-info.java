/// Backing up a namespace: request, plan, job.
///
/// Allowed neighbours: model, repository, cluster, catalog, `workflow.job`, `workflow.journal`.
@NullMarked
package dev.backstay.workflow.backup;

import org.jspecify.annotations.NullMarked;
