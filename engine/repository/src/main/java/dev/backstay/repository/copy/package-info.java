/// Snapshots of one repository as part of another one.
///
/// Allowed neighbours: model, blob, index, lock, opened, pack, prune, seal, snapshot, store, tree.
@NullMarked
package dev.backstay.repository.copy;

import org.jspecify.annotations.NullMarked;
