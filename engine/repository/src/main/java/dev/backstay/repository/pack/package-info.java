/// Pack files: many sealed blobs in one file of the store.
///
/// Allowed neighbours: model, blob, seal, store.
@NullMarked
package dev.backstay.repository.pack;

import org.jspecify.annotations.NullMarked;
