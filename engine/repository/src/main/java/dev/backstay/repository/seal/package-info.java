/// Encryption and authentication of everything that is stored.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.seal;

import org.jspecify.annotations.NullMarked;
