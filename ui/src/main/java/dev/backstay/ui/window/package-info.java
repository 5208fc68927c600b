/// Puts the window together: one of each screen, wired by hand.
///
/// Allowed neighbours: every room of the window.
@NullMarked
package dev.backstay.ui.window;

import org.jspecify.annotations.NullMarked;
