/// The first page: what is protected at a glance, and the way from nothing to the first restore
/// point.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.overview;

import org.jspecify.annotations.NullMarked;
