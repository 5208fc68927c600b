/// Light, dark, contrast and text size.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.theme;

import org.jspecify.annotations.NullMarked;
