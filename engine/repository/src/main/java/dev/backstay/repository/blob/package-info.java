/// What a blob is called: its id and its kind.
///
/// Allowed neighbours: none.
@NullMarked
package dev.backstay.repository.blob;

import org.jspecify.annotations.NullMarked;
