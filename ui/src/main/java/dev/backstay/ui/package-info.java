/// The window: everything that the user sees. One package per user task, composed by the shell.
///
/// Allowed neighbours: model, and of workflow the facade and its records.
@NullMarked
package dev.backstay.ui;

import org.jspecify.annotations.NullMarked;
