/// Repairs: each is planned without changing anything, then applied. What is intact is never lost
/// to a repair that is cut off or repeated.
///
/// Allowed neighbours: model, blob, index, opened, pack, snapshot, store, tree.
@NullMarked
package dev.backstay.repository.repair;

import org.jspecify.annotations.NullMarked;
