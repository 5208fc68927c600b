/// Looking into snapshots: versions of a path, what differs between two, files by pattern, and the
/// path index that makes the last one quick.
///
/// Allowed neighbours: model, blob, cache, pack, snapshot, tree, and the room's own package.
@NullMarked
package dev.backstay.repository.browse;

import org.jspecify.annotations.NullMarked;
