/// The program: main, the command line, wiring, settings, OS folders, passwords.
///
/// Allowed neighbours: model, workflow, sandbox.
@NullMarked
package dev.backstay.app;

import org.jspecify.annotations.NullMarked;
