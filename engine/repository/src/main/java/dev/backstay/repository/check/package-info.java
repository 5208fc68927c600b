/// What a check looks at and what it finds.
///
/// Allowed neighbours: model, blob, index, key, lock, opened, pack, snapshot, store, tree.
@NullMarked
package dev.backstay.repository.check;

import org.jspecify.annotations.NullMarked;
