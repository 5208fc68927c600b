/// What a check looks at and what it finds.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.check;

import org.jspecify.annotations.NullMarked;
