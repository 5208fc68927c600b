/// The door to what is done to a repository as a whole.
///
/// Allowed neighbours: copy, key, lock, opened, repair, stats.
@NullMarked
package dev.backstay.repository.maintenance;

import org.jspecify.annotations.NullMarked;
