/// The demo's guided minute.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.tour;

import org.jspecify.annotations.NullMarked;
