/// Key files: from a password to the master key.
///
/// Allowed neighbours: model, json, lock, opened, seal, store.
@NullMarked
package dev.backstay.repository.key;

import org.jspecify.annotations.NullMarked;
