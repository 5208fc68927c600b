/// The synced file of each job that outlives a killed process.
///
/// Allowed neighbours: model, catalog (its process lock), `workflow.job`.
@NullMarked
package dev.backstay.workflow.journal;

import org.jspecify.annotations.NullMarked;
