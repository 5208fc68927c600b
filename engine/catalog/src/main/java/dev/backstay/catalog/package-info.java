/// A rebuildable cache of what the repositories hold, and the history of jobs.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.catalog;

import org.jspecify.annotations.NullMarked;
