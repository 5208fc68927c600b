/// Which blob stands where in which pack.
///
/// Allowed neighbours: model, blob, cache, json, pack, store.
@NullMarked
package dev.backstay.repository.index;

import org.jspecify.annotations.NullMarked;
