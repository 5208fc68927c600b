/// Starts the window and is the program around it.
///
/// Allowed neighbours: ui, workflow, and of app console, secret and settings.
@NullMarked
package dev.backstay.app.window;

import org.jspecify.annotations.NullMarked;
