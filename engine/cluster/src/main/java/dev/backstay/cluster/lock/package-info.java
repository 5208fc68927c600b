/// Which requests may leave for a context: the allow-list of a read-only one, and what a back-up
/// adds to it.
///
/// Allowed neighbours: none.
@NullMarked
package dev.backstay.cluster.lock;

import org.jspecify.annotations.NullMarked;
