/// The storage classes of a cluster and what each can do.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.classes;

import org.jspecify.annotations.NullMarked;
