/// How much there is in a repository, and whose it is.
///
/// Allowed neighbours: model, blob, index, opened, pack, snapshot, store, tree.
@NullMarked
package dev.backstay.repository.stats;

import org.jspecify.annotations.NullMarked;
