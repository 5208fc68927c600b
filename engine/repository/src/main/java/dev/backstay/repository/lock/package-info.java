/// Locks, as restic's.
///
/// Allowed neighbours: model, json, seal, store.
@NullMarked
package dev.backstay.repository.lock;

import org.jspecify.annotations.NullMarked;
