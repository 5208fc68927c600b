/// Looking into restore points: versions of a file, what differs between two and from what is live,
/// files by pattern.
///
/// Allowed neighbours: model, repository, cluster, and of workflow cluster, point and repository.
/// The command line and the window may use every record here.
@NullMarked
package dev.backstay.workflow.browse;

import org.jspecify.annotations.NullMarked;
