/// Restore points: finding them in repositories, and keeping the catalog in step.
///
/// Allowed neighbours: model, repository, catalog, `workflow.repository`.
@NullMarked
package dev.backstay.workflow.point;

import org.jspecify.annotations.NullMarked;
