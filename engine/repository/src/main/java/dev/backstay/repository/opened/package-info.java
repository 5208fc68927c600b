/// What work on a whole repository is made of: its parts once a password opened it, walks over all
/// trees, new packs, new index files. Not exported.
///
/// Allowed neighbours: model, blob, index, lock, pack, seal, store, tree.
@NullMarked
package dev.backstay.repository.opened;

import org.jspecify.annotations.NullMarked;
