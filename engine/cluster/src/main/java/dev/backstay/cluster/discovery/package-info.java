/// Which kinds of objects a server serves.
///
/// Allowed neighbours: model, connection.
@NullMarked
package dev.backstay.cluster.discovery;

import org.jspecify.annotations.NullMarked;
