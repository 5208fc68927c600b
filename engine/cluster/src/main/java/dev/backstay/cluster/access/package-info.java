/// What the user may do, asked of the server verb by verb.
///
/// Allowed neighbours: model, connection.
@NullMarked
package dev.backstay.cluster.access;

import org.jspecify.annotations.NullMarked;
