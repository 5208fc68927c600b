/// The dumb port that keeps files, and the stores behind it.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.store;

import org.jspecify.annotations.NullMarked;
