/// Where content is cut: restic's Rabin chunker.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.chunk;

import org.jspecify.annotations.NullMarked;
