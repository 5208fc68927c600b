/// The time axis: where a moment stands, and what is drawn there.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.timeline;

import org.jspecify.annotations.NullMarked;
