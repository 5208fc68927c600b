/// Find anything, by a few letters.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.palette;

import org.jspecify.annotations.NullMarked;
