/// Snapshots: what restic lists.
///
/// Allowed neighbours: model, blob, json.
@NullMarked
package dev.backstay.repository.snapshot;

import org.jspecify.annotations.NullMarked;
