/// What is taken off a stored manifest so that another cluster or namespace can take it.
///
/// Allowed neighbours: model, manifest.
@NullMarked
package dev.backstay.cluster.apply.clean;

import org.jspecify.annotations.NullMarked;
