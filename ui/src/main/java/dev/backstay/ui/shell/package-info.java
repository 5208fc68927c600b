/// The frame around the screens: title bar, sidebar, status bar, and going from screen to screen.
///
/// Allowed neighbours: every screen.
@NullMarked
package dev.backstay.ui.shell;

import org.jspecify.annotations.NullMarked;
