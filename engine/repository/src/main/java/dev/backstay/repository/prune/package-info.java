/// Gives back the space of what no snapshot needs, alone or beside running writers.
///
/// Allowed neighbours: model, blob, index, json, lock, opened, pack, seal, snapshot, store, tree.
@NullMarked
package dev.backstay.repository.prune;

import org.jspecify.annotations.NullMarked;
