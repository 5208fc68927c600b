/// What the user chose for the window.
///
/// Allowed neighbours: fx, theme.
@NullMarked
package dev.backstay.ui.settings;

import org.jspecify.annotations.NullMarked;
