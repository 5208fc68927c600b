/// Contexts that are marked production: read-only until unlocked by their name, for a while.
///
/// Allowed neighbours: model, cluster.
@NullMarked
package dev.backstay.workflow.lock;

import org.jspecify.annotations.NullMarked;
