/// Running one job: its thread, its progress, its cancellation and its end.
///
/// Allowed neighbours: model, `workflow.journal`, catalog.
@NullMarked
package dev.backstay.workflow.job;

import org.jspecify.annotations.NullMarked;
