/// JSON as Go writes it, and a small strict reader.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.json;

import org.jspecify.annotations.NullMarked;
